import type { ErrorEntry } from './entry.ts';

/** Errors of apps that people sign in to. */
export const appErrors = {
  app_unknown: {
    status: 422,
    title: { en: 'There is no such app', ja: 'そのアプリはありません', zh: '没有这个应用' },
    detail: {
      en: 'Name one of the apps of this deployment, as its settings spell it.',
      ja: 'この環境の設定にあるアプリの名前を指定してください。',
      zh: '请使用此部署设置中的应用名称。',
    },
    onPage: {
      en: 'The link does not name an app of this site. Start again from the app, or tell whoever runs it.',
      ja: 'リンクが示すアプリはこのサイトに登録されていません。アプリからやり直すか、アプリの運営者に知らせてください。',
      zh: '该链接指向的应用未在此网站登记。请从应用重新开始，或告知应用的运营者。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
