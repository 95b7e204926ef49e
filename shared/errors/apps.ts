import type { ErrorEntry } from './entry.ts';

/** Errors of apps that people sign in to. */
export const appErrors = {
  app_unknown: {
    status: 422,
    title: { en: 'There is no such app', ja: 'そのアプリはありません', zh: '没有这个应用' },
    detail: {
      en: 'Name an app of this deployment that takes guests, or none.',
      ja: 'ゲストを受け入れるアプリを指定するか、指定を外してください。',
      zh: '请指定一个接受访客的应用，或不指定。',
    },
    onPage: {
      en: 'The link does not name an app of this site. Start again from the app, or tell whoever runs it.',
      ja: 'リンクが示すアプリはこのサイトに登録されていません。アプリからやり直すか、アプリの運営者に知らせてください。',
      zh: '该链接指向的应用未在此网站登记。请从应用重新开始，或告知应用的运营者。',
    },
  },
} as const satisfies Record<string, ErrorEntry>;
