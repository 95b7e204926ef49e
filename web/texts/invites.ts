import type { InviteFilter } from '#shared/invites/invite.ts';
import type { Text } from '#shared/locale.ts';
import type { DeliveryReason } from '#shared/mail/delivery.ts';

/** Why a mail was not delivered. */
const reasonTexts = {
  no_mailbox: { en: 'no such mailbox', ja: '宛先がありません', zh: '邮箱不存在' },
  mailbox_full: { en: 'the mailbox is full', ja: 'メールボックスがいっぱいです', zh: '邮箱已满' },
  content_refused: { en: 'the mail was refused there', ja: '受信側に拒否されました', zh: '对方拒收邮件' },
  passing: { en: 'for a passing cause', ja: '一時的な理由', zh: '暂时性原因' },
  suppressed: {
    en: 'the address is held back, as earlier mail came back or was marked as spam',
    ja: '以前のメールが戻ったか、迷惑メールとして報告されたため送信を止めています',
    zh: '此前邮件被退回或被标记为垃圾邮件，已停止发送',
  },
  sender_refused: {
    en: 'our own sender was refused',
    ja: '送信元が拒否されました',
    zh: '发件方被拒绝',
  },
} as const satisfies Record<DeliveryReason, Text>;

/** The list of invites, and what can be done to them. */
export const inviteListTexts = {
  ...reasonTexts,
  inviteLink: { en: 'Invite people', ja: '招待する', zh: '邀请成员' },
  filters: { en: 'Filter the invites', ja: '招待を絞り込む', zh: '筛选邀请' },
  byAddress: { en: 'Address begins with', ja: 'アドレスの先頭', zh: '邮箱开头' },
  byLabel: { en: 'Label', ja: 'ラベル', zh: '标签' },
  byIssuer: { en: 'Invited by', ja: '招待者', zh: '邀请人' },
  oneIssuer: { en: 'One person', ja: '特定の1人', zh: '某一位成员' },
  undelivered: { en: 'Mail not delivered', ja: 'メール未達', zh: '邮件未送达' },
  invites: { en: 'Invites', ja: '招待一覧', zh: '邀请列表' },
  select: { en: 'Select', ja: '選択', zh: '选择' },
  selectOne: { en: 'Select the invite: {who}', ja: '招待を選択: {who}', zh: '选择邀请：{who}' },
  who: { en: 'For whom', ja: '対象', zh: '对象' },
  status: { en: 'Status', ja: '状態', zh: '状态' },
  expires: { en: 'Expires', ja: '期限', zh: '有效期' },
  never: { en: 'never', ja: '無期限', zh: '无期限' },
  anew: { en: 'begun anew', ja: '新しく開始', zh: '已重新开始' },
  usedBy: { en: 'Used by', ja: '使用者', zh: '使用者' },
  usedOf: {
    en: '{uses} of {maxUses} used',
    ja: '{maxUses}回中{uses}回使用',
    zh: '已用 {uses} / {maxUses} 次',
  },
  somebodyGone: { en: 'a deleted account', ja: '削除済みのアカウント', zh: '已删除的账号' },
  actions: { en: 'Actions', ja: '操作', zh: '操作' },
  noMail: { en: 'no mail', ja: 'メールなし', zh: '未发邮件' },
  empty: {
    en: 'There are no invites that these filters show.',
    ja: '条件に合う招待はありません。',
    zh: '没有符合筛选条件的邀请。',
  },
  revoke: { en: 'Withdraw', ja: '取り消す', zh: '撤销' },
  revokeOf: { en: 'Withdraw the invite: {who}', ja: '招待を取り消す: {who}', zh: '撤销邀请：{who}' },
  revokeAsks: {
    en: 'Its link and code let nobody in any more, also out of a mail that was sent. A new link makes it good again.',
    ja: '送信済みのメールに含まれるものも含め、リンクとコードは使用できなくなります。再発行すると再び有効になります。',
    zh: '其链接和注册码（包括已发邮件中的）将无法再使用。重新生成链接后可恢复。',
  },
  wasRevoked: {
    en: 'The invite is withdrawn: {who}',
    ja: '招待を取り消しました: {who}',
    zh: '已撤销邀请：{who}',
  },
  reissue: { en: 'New link', ja: '再発行', zh: '重新生成' },
  reissueOf: {
    en: 'Give the invite a new link: {who}',
    ja: '招待を再発行: {who}',
    zh: '重新生成邀请链接：{who}',
  },
  reissueAsks: {
    en: 'Its present link and code end at once, and its time begins anew.',
    ja: '現在のリンクとコードはすぐに無効になり、期限は新しく始まります。',
    zh: '当前的链接和注册码将立即失效，有效期重新开始。',
  },
  reissueMails: {
    en: 'The new link is mailed to {email}.',
    ja: '新しいリンクを {email} に送信します。',
    zh: '新链接将发送到 {email}。',
  },
  reissueShows: {
    en: 'The new link is shown here, for you to hand over.',
    ja: '新しいリンクはここに表示されます。直接お渡しください。',
    zh: '新链接会显示在此处，请自行转交。',
  },
  reissuedByMail: {
    en: 'A new link is on its way to {email}.',
    ja: '新しいリンクを {email} に送信しています。',
    zh: '新链接正在发送到 {email}。',
  },
  created: { en: 'Invite links were made', ja: '招待リンクを生成しました', zh: '已生成邀请链接' },
  delete: { en: 'Delete', ja: '削除', zh: '删除' },
  deleteOf: { en: 'Delete the invite: {who}', ja: '招待を削除: {who}', zh: '删除邀请：{who}' },
  deleteAsks: {
    en: 'It disappears from all lists for good, and its link ends. Whoever came by it stays.',
    ja: '一覧から完全に消え、リンクは無効になります。この招待で登録した人は残ります。',
    zh: '它将从所有列表中永久消失，链接失效。通过它注册的人不受影响。',
  },
  wasDeleted: {
    en: 'The invite is deleted: {who}',
    ja: '招待を削除しました: {who}',
    zh: '已删除邀请：{who}',
  },
  selectShown: { en: 'Select all shown', ja: '表示中をすべて選択', zh: '选择当前显示的全部' },
  selectMatching: {
    en: 'Select all that match, up to {max}',
    ja: '条件に合うものをすべて選択（最大{max}件）',
    zh: '选择所有符合条件的（最多 {max} 个）',
  },
  selected: { en: '{count} selected', ja: '{count}件を選択中', zh: '已选 {count} 个' },
  deselect: { en: 'Clear the selection', ja: '選択を解除', zh: '取消选择' },
  revokeManyAsks: {
    en: 'The links and codes of {count} {count|invite|invites} let nobody in any more, also out of mails that were sent. Those that were used stay as they are.',
    ja: '送信済みのメールに含まれるものも含め、招待{count}件のリンクとコードは使用できなくなります。使用済みの招待はそのままです。',
    zh: '{count} 个邀请的链接和注册码（包括已发邮件中的）将无法再使用。已使用的邀请保持不变。',
  },
  reissueManyAsks: {
    en: 'The present links and codes of {count} {count|invite|invites} end at once, and their time begins anew. New links go out by mail; those without an address show theirs on their own pages.',
    ja: '招待{count}件の現在のリンクとコードはすぐに無効になり、期限は新しく始まります。新しいリンクはメールで送信します。アドレスのない招待は、それぞれのページに表示されます。',
    zh: '{count} 个邀请的当前链接和注册码将立即失效，有效期重新开始。新链接通过邮件发送；没有邮箱的邀请会在各自页面显示新链接。',
  },
  reissueManyShows: {
    en: 'The present links and codes of {count} {count|invite|invites} end at once, and their time begins anew. The new links stand on their own pages, for you to hand over.',
    ja: '招待{count}件の現在のリンクとコードはすぐに無効になり、期限は新しく始まります。新しいリンクはそれぞれのページに表示されます。直接お渡しください。',
    zh: '{count} 个邀请的当前链接和注册码将立即失效，有效期重新开始。新链接显示在各自页面，请自行转交。',
  },
  deleteManyAsks: {
    en: '{count} {count|invite disappears|invites disappear} from all lists for good, with {count|its link|their links}. Whoever came by {count|it|them} stays.',
    ja: '招待{count}件が一覧から完全に消え、リンクは無効になります。これらの招待で登録した人は残ります。',
    zh: '{count} 个邀请将从所有列表中永久消失，链接失效。通过它们注册的人不受影响。',
  },
  revokeMany: {
    en: 'Withdraw {count} {count|invite|invites}',
    ja: '招待{count}件を取り消す',
    zh: '撤销 {count} 个邀请',
  },
  reissueMany: {
    en: 'Give {count} {count|invite|invites} a new link',
    ja: '招待{count}件を再発行',
    zh: '为 {count} 个邀请重新生成链接',
  },
  deleteMany: {
    en: 'Delete {count} {count|invite|invites}',
    ja: '招待{count}件を削除',
    zh: '删除 {count} 个邀请',
  },
  revokedMany: { en: 'Withdrawn: {count}.', ja: '取り消し: {count}件。', zh: '已撤销：{count} 个。' },
  reissuedMany: { en: 'New links: {count}.', ja: '再発行: {count}件。', zh: '新链接：{count} 个。' },
  deletedMany: { en: 'Deleted: {count}.', ja: '削除: {count}件。', zh: '已删除：{count} 个。' },
  notMany: {
    en: 'Not done: {count} ({why}).',
    ja: '対象外: {count}件（{why}）。',
    zh: '未处理：{count} 个（{why}）。',
  },
  already_done: { en: 'done before', ja: '処理済み', zh: '此前已处理' },
  not_found: { en: 'no longer there', ja: '既に削除済み', zh: '已不存在' },
  invite_used: { en: 'used', ja: '使用済み', zh: '已使用' },
  invalid: { en: 'for no address', ja: 'アドレス宛てではない', zh: '并非针对邮箱' },
  email_taken: { en: 'a member by now', ja: '登録済み', zh: '已是成员' },
  conflict: {
    en: 'changed at the same time, or no new link is possible: the page of the invite says why',
    ja: '同時に変更された、または再発行できない（招待のページで理由を確認できます）',
    zh: '同时被他人修改，或无法重新生成链接（原因见邀请页面）',
  },
  progress: { en: '{done} of {total}', ja: '{total}件中{done}件', zh: '{done} / {total}' },
} as const satisfies Record<string, Text> & Partial<Record<InviteFilter, Text>>;
