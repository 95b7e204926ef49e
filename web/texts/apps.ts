import type { Text } from '#shared/locale.ts';

/** What a page says instead of leading to an address that a known app has not registered. */
export const foreignReturn = {
  title: {
    en: 'That is no address of the app',
    ja: 'アプリに登録されていないアドレスです',
    zh: '这不是该应用登记的地址',
  },
  explain: {
    en: 'The link would lead to an address that is not one of the app’s, so nothing was sent there. Start again from the app, or tell whoever runs it.',
    ja: 'リンクの戻り先がアプリに登録されたアドレスと異なるため、何も送信していません。アプリからやり直すか、アプリの運営者に知らせてください。',
    zh: '该链接的返回地址不属于此应用，因此未发送任何内容。请从应用重新开始，或告知应用的运营者。',
  },
} as const satisfies Record<string, Text>;

/** What a page says if an app's request repeats a parameter. */
export const twiceNamed = {
  title: {
    en: 'The app’s request says something twice',
    ja: 'アプリからのリクエストに重複があります',
    zh: '应用的请求中有重复的参数',
  },
  explain: {
    en: 'A parameter is there more than once, so nothing was done. Start again from the app, or tell whoever runs it.',
    ja: '同じパラメーターが複数あるため、何も行っていません。アプリからやり直すか、アプリの運営者に知らせてください。',
    zh: '同一参数出现了多次，因此未执行任何操作。请从应用重新开始，或告知应用的运营者。',
  },
} as const satisfies Record<string, Text>;

/** What a page says if the ID token of a request belongs to another app than the one that the request names. */
export const anothersToken = {
  title: {
    en: 'The app’s request is made out to another app',
    ja: '別のアプリのトークンが使われています',
    zh: '请求使用了另一个应用的令牌',
  },
  explain: {
    en: 'The app shows an ID token (id_token_hint) of another app, so nobody was signed out. Start again from the app, or tell whoever runs it.',
    ja: 'アプリが別のアプリのIDトークン（id_token_hint）を示したため、ログアウトしていません。アプリからやり直すか、アプリの運営者に知らせてください。',
    zh: '该应用出示了另一个应用的 ID 令牌（id_token_hint），因此未退出登录。请从应用重新开始，或告知应用的运营者。',
  },
} as const satisfies Record<string, Text>;

/** What pages say about apps that people sign in to. */
export const appTexts = {
  goOn: { en: 'Continue to {app}', ja: '{app} へ進む', zh: '继续前往 {app}' },
  proving: {
    en: 'This device proves that it is yours before {app} learns who you are.',
    ja: '{app} にあなたの情報を伝える前に、この端末があなたのものであることを確認します。',
    zh: '在 {app} 得知您的身份之前，此设备会先证明它属于您。',
  },
  handOver: {
    en: 'A program on this computer asks to be signed in as {name}. It can then do all that you can do here. Go on only if you have just run “latchkey login” yourself.',
    ja: 'このコンピューターのプログラムが、{name} としてログインしようとしています。許可すると、あなたがここでできる操作をすべて行えるようになります。ご自身で「latchkey login」を実行した直後の場合にのみ進んでください。',
    zh: '此计算机上的一个程序请求以 {name} 的身份登录。允许后，它可以执行您在这里能做的一切操作。仅当您刚刚亲自运行了“latchkey login”时才继续。',
  },
  handOverHere: {
    en: 'A program on this computer asks to be signed in as you. It can then do all that you can do here. Go on only if you have just run “latchkey login” yourself.',
    ja: 'このコンピューターのプログラムが、あなたとしてログインしようとしています。許可すると、あなたがここでできる操作をすべて行えるようになります。ご自身で「latchkey login」を実行した直後の場合にのみ進んでください。',
    zh: '此计算机上的一个程序请求以您的身份登录。允许后，它可以执行您在这里能做的一切操作。仅当您刚刚亲自运行了“latchkey login”时才继续。',
  },
  signOutTitle: { en: 'Sign out?', ja: 'ログアウトしますか？', zh: '要退出登录吗？' },
  signOutHint: {
    en: 'You are signed in here as {name}. Signing out ends it for the apps that you opened from here, too.',
    ja: '{name} としてログイン中です。ログアウトすると、ここから開いたアプリからもログアウトします。',
    zh: '您当前以 {name} 的身份登录。退出后，从这里打开的应用也会一并退出。',
  },
  signOutHere: {
    en: 'Signing out here ends it for the apps that you opened from here, too.',
    ja: 'ここでログアウトすると、ここから開いたアプリからもログアウトします。',
    zh: '在此退出后，从这里打开的应用也会一并退出。',
  },
  stay: { en: 'Stay signed in', ja: 'ログインしたままにする', zh: '保持登录' },
} as const satisfies Record<string, Text>;
