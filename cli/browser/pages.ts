import { negotiate, type Text } from '#shared/locale.ts';

/** What the browser shows at the end, in the browser's language: a title, and what to do. */
const pages = {
  signedIn: {
    title: { ja: 'ログインしました', zh: '已登录', en: 'You are signed in' },
    text: {
      ja: 'このページを閉じて、ターミナルに戻ってください。',
      zh: '请关闭此页面，回到终端继续。',
      en: 'Close this page and go back to the terminal.',
    },
  },
  failed: {
    title: { ja: 'ログインできませんでした', zh: '登录未成功', en: 'You are not signed in' },
    text: {
      ja: 'ターミナルに戻り、表示されている理由を確かめてください。',
      zh: '请回到终端查看原因。',
      en: 'Go back to the terminal: it says why.',
    },
  },
  unknown: {
    title: {
      ja: 'このログインを待っているターミナルはありません',
      zh: '终端并未等待此登录',
      en: 'No terminal waits for this',
    },
    text: {
      ja: 'ターミナルで、もう一度ログインを始めてください。',
      zh: '请在终端重新开始登录。',
      en: 'Begin to sign in once more in the terminal.',
    },
  },
} as const satisfies Record<string, { title: Text; text: Text }>;
export type Page = keyof typeof pages;

/** A page that loads nothing else. @param language the browser's `Accept-Language`. */
export function pageOf(page: Page, language: string | undefined): string {
  const locale = negotiate(language, 'en');
  const { title, text } = pages[page];
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title[locale]}</title>
<h1>${title[locale]}</h1>
<p>${text[locale]}</p>
</html>
`;
}
