import type { Text } from '../locale.ts';
import { emailTexts } from './email-texts.ts';
import { keyTexts } from './key-texts.ts';

/** What can be wrong with one field. */
export const fieldTexts = {
  ...emailTexts,
  ...keyTexts,
  missing: { en: 'This is required.', ja: '入力してください。', zh: '此项必填。' },
  unknown: { en: 'This field is not known here.', ja: 'この項目は使用できません。', zh: '此字段不可用。' },
  type: {
    en: 'This must be of type {type}.',
    ja: '{type} 型で入力してください。',
    zh: '类型必须是 {type}。',
  },
  short: {
    en: 'Use at least {min} characters.',
    ja: '{min}文字以上で入力してください。',
    zh: '至少 {min} 个字符。',
  },
  long: {
    en: 'Use at most {max} characters.',
    ja: '{max}文字以内で入力してください。',
    zh: '最多 {max} 个字符。',
  },
  small: { en: 'The least is {min}.', ja: '{min}以上にしてください。', zh: '不能小于 {min}。' },
  big: { en: 'The most is {max}.', ja: '{max}以下にしてください。', zh: '不能大于 {max}。' },
  cursor: {
    en: 'This leads nowhere in the list. Begin at its first page.',
    ja: 'この位置は一覧にありません。最初のページからやり直してください。',
    zh: '列表中没有这个位置。请从第一页重新开始。',
  },
  choice: {
    en: 'Choose one of: {choices}.',
    ja: '次から選んでください: {choices}。',
    zh: '请选择：{choices}。',
  },
  noApps: {
    en: 'No app here takes guests.',
    ja: 'ゲストを受け入れるアプリがありません。',
    zh: '这里没有接受访客的应用。',
  },
  username: {
    en: 'Use {min} to {max} lower-case letters (a–z) and digits.',
    ja: '半角の英小文字と数字で{min}〜{max}文字にしてください。',
    zh: '请使用 {min}–{max} 个小写英文字母和数字。',
  },
  line: {
    en: 'Use one line of plain text.',
    ja: '改行や制御文字を含まない1行で入力してください。',
    zh: '请输入单行文本，不含控制字符。',
  },
  repeat: { en: 'The two passwords differ.', ja: 'パスワードが一致しません。', zh: '两次输入的密码不一致。' },
  commonPassword: {
    en: 'This is one of the passwords that attackers try first. Use a few words together.',
    ja: '攻撃者が最初に試す、よくあるパスワードです。いくつかの単語を組み合わせてください。',
    zh: '这是攻击者最先尝试的常见密码。请把几个词组合起来。',
  },
  contextPassword: {
    en: 'This is little more than a name, an address or the name of this app. Add words of your own.',
    ja: '名前・メールアドレス・アプリ名とほとんど同じです。ほかの言葉を加えてください。',
    zh: '这几乎就是姓名、邮箱或本应用的名称。请加入其他词语。',
  },
  emails: {
    en: 'Name the addresses to invite.',
    ja: '招待するアドレスを入力してください。',
    zh: '请填写要邀请的邮箱。',
  },
  single: {
    en: 'An invite for one address can be used once.',
    ja: 'アドレス指定の招待は1回だけ使用できます。',
    zh: '指定邮箱的邀请只能使用一次。',
  },
  label: {
    en: 'Use letters, digits and hyphens, without spaces.',
    ja: '文字・数字・ハイフンだけを使い、空白を入れないでください。',
    zh: '只能使用文字、数字和连字符，不含空格。',
  },
  noLink: {
    en: 'Leave out links and addresses; the mail brings the link of the invite.',
    ja: 'リンクやアドレスは入れないでください。招待のリンクはメールに入ります。',
    zh: '请勿包含链接或网址，邮件会附上邀请链接。',
  },
  reference: {
    en: 'Give the invite: its token or its code, one of the two.',
    ja: '招待のトークンかコードのどちらか一方を指定してください。',
    zh: '请提供邀请的令牌或注册码，二者之一。',
  },
  domain: {
    en: 'Name domains such as *@example.com.',
    ja: '*@example.com のようにドメインを指定してください。',
    zh: '请填写形如 *@example.com 的域名。',
  },
  code: {
    en: 'Use {min} to {max} letters (A–Z) and digits. I and L count as 1, and O as 0.',
    ja: '英数字{min}〜{max}文字にしてください。I と L は 1、O は 0 として扱います。',
    zh: '请使用 {min}–{max} 个英文字母或数字。I 和 L 视为 1，O 视为 0。',
  },
  ownCode: {
    en: 'A code of your own is for one invite that names no address, expires, has at most {max} uses and gives no administrator rights.',
    ja: '自分で決めたコードは、アドレスを指定せず、期限があり、管理者権限を与えない、使用{max}回までの招待1件にだけ使えます。',
    zh: '自定义注册码仅适用于一个未指定邮箱、有期限、不授予管理员权限、最多使用 {max} 次的邀请。',
  },
  codeTaken: {
    en: 'Another invite has this code. Choose another one.',
    ja: 'このコードは別の招待で使われています。別のコードを選んでください。',
    zh: '此注册码已被其他邀请使用，请换一个。',
  },
  otherBody: {
    en: 'This key came with another request before. Use a new key for a new request.',
    ja: 'このキーは別のリクエストで使われています。新しいリクエストには新しいキーを使ってください。',
    zh: '此 Idempotency-Key 已用于另一个请求。新请求请使用新的 Idempotency-Key。',
  },
  unreachable: {
    en: 'Mail to this address came back or was marked as spam. Use another one.',
    ja: 'このアドレス宛てのメールは戻ってきたか、迷惑メールとして報告されました。別のアドレスを使用してください。',
    zh: '发往此邮箱的邮件被退回或被标记为垃圾邮件，请使用其他邮箱。',
  },
  noMailbox: {
    en: 'This invite is not for an address.',
    ja: 'この招待はアドレス宛てではありません。',
    zh: '此邀请并非针对某个邮箱。',
  },
  passphrase: {
    en: 'Invites for devices alone need a pass phrase, and only they.',
    ja: '合言葉は端末専用の招待で必須です。他の招待では使いません。',
    zh: '仅限设备的邀请必须设置口令，其他邀请不需要。',
  },
  wrongPassphrase: {
    en: 'This is not the pass phrase of the invite.',
    ja: '合言葉が正しくありません。',
    zh: '口令不正确。',
  },
  deviceKey: {
    en: 'This invite needs a browser that can keep a key. Turn on JavaScript and try again.',
    ja: 'この招待には鍵を保存できるブラウザーが必要です。JavaScriptを有効にしてください。',
    zh: '此邀请需要能保存密钥的浏览器。请启用 JavaScript 后重试。',
  },
  notForDevices: {
    en: 'This invite is for an account with an email address and a password.',
    ja: 'この招待はメールアドレスとパスワードで登録します。',
    zh: '此邀请需要使用邮箱和密码注册。',
  },
  phraseAlone: {
    en: 'Beside a pass phrase, leave out address, username and password.',
    ja: '合言葉で登録するときは、メールアドレス・ユーザー名・パスワードを入れないでください。',
    zh: '使用口令注册时，请勿填写邮箱、用户名和密码。',
  },
  change: {
    en: 'Name at least one thing to change.',
    ja: '変更する項目を1つ以上指定してください。',
    zh: '请至少指定一项要修改的内容。',
  },
  noEmail: {
    en: 'This user has no email address.',
    ja: 'このユーザーにはメールアドレスがありません。',
    zh: '此用户没有邮箱。',
  },
  otherMailbox: {
    en: 'This is not the address of your account.',
    ja: 'アカウントのメールアドレスと異なります。',
    zh: '这不是您账号的邮箱。',
  },
  deviceOnly: {
    en: 'Your account is known by its device and has neither an address nor a password.',
    ja: 'このアカウントは端末で識別され、メールアドレスもパスワードもありません。',
    zh: '您的账号以设备识别，没有邮箱和密码。',
  },
  format: { en: 'This is not in the expected form.', ja: '形式が正しくありません。', zh: '格式不正确。' },
} as const satisfies Record<string, Text>;
