import type { inviteResults } from '#shared/inviting/show-created.ts';
import type { Text } from '#shared/locale.ts';
import type { Role } from '#shared/users/user.ts';

/** The outcome, or the expected outcome, of inviting each address. */
export const inviteResultTexts = {
  invited: { en: 'Invited', ja: '招待しました', zh: '已邀请' },
  member: { en: 'Is a member already', ja: '登録済みです', zh: '已是成员' },
  already_invited: { en: 'Is invited already', ja: '招待済みです', zh: '已被邀请' },
  bad_address: { en: 'Is no email address', ja: 'メールアドレスではありません', zh: '不是有效邮箱' },
  suppressed: {
    en: 'Gets no mail: earlier mail came back or was marked as spam',
    ja: '以前のメールが戻ったか、迷惑メールとして報告されたため送信しません',
    zh: '此前邮件被退回或被标记为垃圾邮件，不再发送',
  },
  duplicate: { en: 'Stands above already', ja: '重複しています', zh: '与上文重复' },
} as const satisfies Record<(typeof inviteResults)[number] | 'duplicate', Text>;

/** The page on which administrators invite. */
export const invitingTexts = {
  ways: { en: 'Ways to invite', ja: '招待の方法', zh: '邀请方式' },
  mailPeople: { en: 'Mail people', ja: 'メールで招待', zh: '通过邮件邀请' },
  makeLink: { en: 'Make a link', ja: 'リンクを作成', zh: '创建链接' },
  noMail: {
    en: 'This deployment sends no mail: copy the links and hand them over yourself.',
    ja: 'このシステムはメールを送信しません。リンクをコピーして直接お渡しください。',
    zh: '本系统不发送邮件，请复制链接并自行转交。',
  },
  people: { en: 'Email addresses', ja: 'メールアドレス', zh: '邮箱' },
  peopleHint: {
    en: 'Paste them as your mail program or spreadsheet has them: names, commas, lines, or a table whose first line names its columns (email, role, note, label, app, days, language). A CSV file can be dropped here.',
    ja: 'メールソフトや表計算からそのまま貼り付けられます。名前付き、カンマ区切り、改行、または1行目が列名（email、role、note、label、app、days、language）の表。CSVファイルもここにドロップできます。',
    zh: '可直接粘贴邮件程序或电子表格中的内容：带姓名、逗号分隔、分行，或首行为列名（email、role、note、label、app、days、language）的表格。也可将 CSV 文件拖放到此处。',
  },
  file: { en: 'Or choose a CSV file', ja: 'またはCSVファイルを選択', zh: '或选择 CSV 文件' },
  notText: {
    en: 'This file is no CSV in UTF-8. In your spreadsheet, save it as “CSV UTF-8”, or copy its cells and paste them here.',
    ja: 'UTF-8のCSVファイルではありません。表計算ソフトで「CSV UTF-8」として保存するか、セルをコピーしてここに貼り付けてください。',
    zh: '此文件不是 UTF-8 编码的 CSV。请在电子表格中另存为“CSV UTF-8”，或复制单元格后粘贴到此处。',
  },
  fileTooLarge: {
    en: 'This file is too large to be a list of people: at most {max} are invited at once. Copy a part of its cells and paste them here.',
    ja: 'ファイルが大きすぎます。一度に招待できるのは{max}人までです。セルの一部をコピーしてここに貼り付けてください。',
    zh: '文件过大，每次最多邀请 {max} 人。请复制其中一部分单元格粘贴到此处。',
  },
  tooManyPeople: {
    en: 'Name at most {max} people at once.',
    ja: '一度に招待できるのは{max}人までです。',
    zh: '每次最多 {max} 人。',
  },
  notRead: { en: 'Nobody is invited yet', ja: 'まだ誰も招待していません', zh: '尚未邀请任何人' },
  correct: {
    en: 'Correct what is named at the field.',
    ja: '項目に示された箇所を修正してください。',
    zh: '请修正输入框处指出的内容。',
  },
  atLine: { en: 'Line {line}: {what}', ja: '{line}行目: {what}', zh: '第 {line} 行：{what}' },
  moreMistakes: { en: 'and {count} more', ja: 'ほか{count}件', zh: '另有 {count} 处' },
  ignoredColumns: {
    en: 'These columns are not read: {names}.',
    ja: '次の列は読み込まれません: {names}。',
    zh: '以下列不会读取：{names}。',
  },
  options: { en: 'More options', ja: 'その他の設定', zh: '更多选项' },
  kind: { en: 'Who may use it', ja: '使用できる人', zh: '谁可以使用' },
  role: { en: 'Role of who registers', ja: '登録者の権限', zh: '注册者的角色' },
  general: { en: 'Member', ja: '一般', zh: '普通成员' },
  admin: { en: 'Administrator', ja: '管理者', zh: '管理员' },
  adminHint: {
    en: 'Administrators may do everything on these pages, inviting included.',
    ja: '管理者は、招待を含むこの管理画面のすべての操作ができます。',
    zh: '管理员可以执行这些页面上的所有操作，包括邀请。',
  },
  app: { en: 'App', ja: 'アプリ', zh: '应用' },
  appHint: {
    en: 'Where somebody who registers by the invite goes on, signed in.',
    ja: '招待から登録した人は、ログインした状態でこのアプリに進みます。',
    zh: '通过邀请注册的人将以登录状态进入此应用。',
  },
  appUsual: { en: 'As for every guest', ja: '通常どおり', zh: '默认' },
  days: { en: 'Days until it expires', ja: '有効日数', zh: '有效天数' },
  noEnd: { en: 'It never expires', ja: '無期限にする', zh: '永不过期' },
  language: { en: 'Language of mail and form', ja: 'メールとフォームの言語', zh: '邮件与表单的语言' },
  label: { en: 'Label (optional)', ja: 'ラベル（任意）', zh: '标签（可选）' },
  labelHint: {
    en: 'One word by which these invites are found and counted together, such as spring-course.',
    ja: 'まとめて検索・集計するための1語。例: spring-course',
    zh: '用于一起查找和统计的一个词，例如 spring-course。',
  },
  note: { en: 'Note (only administrators see it)', ja: 'メモ（管理者のみ）', zh: '备注（仅管理员可见）' },
  message: {
    en: 'Own words for the mail (optional)',
    ja: 'メールに添える言葉（任意）',
    zh: '邮件附言（可选）',
  },
  messageHint: {
    en: 'Plain text, marked as yours in the mail. No links: the mail brings the link of the invite.',
    ja: '差出人の言葉としてメールに表示されます。リンクは入れられません（招待のリンクはメールに入ります）。',
    zh: '纯文本，会在邮件中标明是您的话。不能包含链接，邮件自带邀请链接。',
  },
  sending: { en: 'Inviting', ja: '招待中', zh: '正在邀请' },
  stillSending: {
    en: 'The invites before these are still on their way',
    ja: '前の招待をまだ処理しています',
    zh: '上一批邀请仍在处理中',
  },
  tryAfter: {
    en: 'Nothing of what you typed is lost: preview it once they are done.',
    ja: '入力した内容は失われていません。完了してからもう一度お試しください。',
    zh: '您输入的内容不会丢失，请完成后再预览。',
  },
  progress: { en: '{done} of {total}', ja: '{total}件中{done}件', zh: '{done} / {total}' },
  goOn: {
    en: '{done} of {total} are invited. Press the button again to go on: nobody is invited twice.',
    ja: '{total}件中{done}件を招待しました。もう一度ボタンを押すと続きます。同じ人が2回招待されることはありません。',
    zh: '已邀请 {done} / {total}。再次点击按钮可继续，不会重复邀请任何人。',
  },
  unasked: {
    en: 'Perhaps not invited yet',
    ja: 'まだ招待できていない可能性があります',
    zh: '可能尚未邀请',
  },
  sentCount: {
    en: '{sent} sent, {not} not.',
    ja: '送信{sent}件、対象外{not}件。',
    zh: '已发送 {sent}，未发送 {not}。',
  },
  madeCount: {
    en: '{sent} made, {not} not.',
    ja: '作成{sent}件、対象外{not}件。',
    zh: '已生成 {sent}，未生成 {not}。',
  },
  toCorrect: {
    en: 'What needs a correction has stayed in the field above.',
    ja: '修正が必要なものは上の欄に残っています。',
    zh: '需要修正的内容仍保留在上方输入框中。',
  },
  toList: { en: 'See these invites', ja: '招待一覧を見る', zh: '查看邀请列表' },
  created: { en: 'Invite links were made', ja: '招待リンクを生成しました', zh: '已生成邀请链接' },
  failed: {
    en: 'The invite links could not be made',
    ja: '招待リンクの生成に失敗しました',
    zh: '生成邀请链接失败',
  },
  linkEmail: { en: 'Email address', ja: 'メールアドレス', zh: '邮箱' },
  linkDomain: {
    en: 'Domain, such as *@example.com',
    ja: 'ドメイン（例: *@example.com）',
    zh: '域名，例如 *@example.com',
  },
  count: { en: 'Links', ja: 'リンクの数', zh: '链接数' },
  countHint: {
    en: 'Each link is an invite of its own.',
    ja: 'リンクごとに別の招待になります。',
    zh: '每个链接都是单独的邀请。',
  },
  maxUses: { en: 'Uses of a link', ja: '使用回数', zh: '每个链接可用次数' },
  maxUsesHint: {
    en: 'How many people may register by the same link.',
    ja: '同じリンクで登録できる人数。',
    zh: '同一链接可供多少人注册。',
  },
  passphrase: { en: 'Pass phrase', ja: '合言葉', zh: '口令' },
  passphraseHint: {
    en: 'Tell it to your guests yourself; it is not shown again.',
    ja: 'ご自身で相手に伝えてください。あとから表示できません。',
    zh: '请自行告知对方；之后不会再显示。',
  },
  show: { en: 'Show', ja: '表示', zh: '显示' },
  ownCode: { en: 'Choose the short code myself', ja: '短いコードを自分で決める', zh: '自定义注册码' },
  ownCodeHint: {
    en: 'A random code comes with every link. One of your own is for one link that expires, for up to {max} members.',
    ja: 'どのリンクにもランダムなコードが付きます。自分で決めるコードは、期限のあるリンク1件で{max}人までです。',
    zh: '每个链接都附有随机注册码。自定义注册码仅适用于一个有期限、最多 {max} 名普通成员的链接。',
  },
  code: { en: 'Code', ja: 'コード', zh: '注册码' },
  codeHint: {
    en: '{min} to {max} letters and digits. I and L count as 1, and O as 0.',
    ja: '英数字{min}〜{max}文字。I と L は 1、O は 0 として扱います。',
    zh: '{min}–{max} 个字母或数字。I 和 L 视为 1，O 视为 0。',
  },
  mailToo: { en: 'Mail the link too', ja: 'メールでも送信する', zh: '同时发送邮件' },
  linkButton: { en: 'Make the link', ja: 'リンクを作成', zh: '创建链接' },
} as const satisfies Record<string, Text> & Record<Role, Text>;
