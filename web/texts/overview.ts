import { inviteLimits } from '#shared/invites/limits.ts';
import type { Text } from '#shared/locale.ts';

const counted = inviteLimits.counted.max.toLocaleString('en');

/** The first page of administrators: numbers, charts, and how far invites have come. */
export const overviewTexts = {
  inviteSome: { en: 'Invite people', ja: '招待する', zh: '邀请成员' },
  today: { en: 'Today (UTC)', ja: '今日（UTC）', zh: '今天（UTC）' },
  invites: { en: 'Invites made', ja: '作成した招待', zh: '创建的邀请' },
  registrations: { en: 'Registrations', ja: '登録', zh: '注册' },
  signIns: { en: 'Sign-ins', ja: 'ログイン', zh: '登录' },
  signInsRefused: { en: 'Sign-ins refused', ja: '拒否されたログイン', zh: '被拒绝的登录' },
  relayCalls: { en: 'Calls relayed', ja: '中継した呼び出し', zh: '转发的调用' },
  byDay: { en: 'The last {days} days', ja: '直近{days}日間', zh: '最近 {days} 天' },
  shortTrail: {
    en: 'Days before {day} may show less than there was: the audit trail that they are counted from is kept for {days} {days|day|days}.',
    ja: '{day}より前の日は、実際より少なく表示される場合があります。集計の元になる監査ログの保存期間が{days}日のためです。',
    zh: '{day} 之前的日期显示的数字可能偏少：统计所依据的审计记录只保留 {days} 天。',
  },
  day: { en: 'Day', ja: '日', zh: '日期' },
  count: { en: 'Number', ja: '件数', zh: '数量' },
  funnel: { en: 'What became of all invites', ja: '招待のその後', zh: '邀请的进展' },
  byLabel: { en: 'By label', ja: 'ラベル別', zh: '按标签' },
  label: { en: 'Label', ja: 'ラベル', zh: '标签' },
  noLabels: {
    en: 'No invite has a label. Give one to invites when you make them, to see what became of them together.',
    ja: 'ラベルの付いた招待はありません。招待時にラベルを付けると、まとめて経過を確認できます。',
    zh: '还没有带标签的邀请。邀请时添加标签，即可汇总查看进展。',
  },
  stage: { en: 'Stage', ja: '段階', zh: '阶段' },
  share: { en: 'Share', ja: '割合', zh: '占比' },
  made: { en: 'Made', ja: '作成', zh: '创建' },
  sent: { en: 'Mail sent', ja: '送信', zh: '已发送' },
  delivered: { en: 'Mail delivered', ja: '配信', zh: '已送达' },
  bounced: { en: 'Mail came back', ja: '不達', zh: '退回' },
  formOpened: { en: 'Form opened', ja: 'フォーム表示', zh: '打开表单' },
  registered: { en: 'Registered', ja: '登録', zh: '已注册' },
  firstAppSignIn: { en: 'In the app', ja: 'アプリ利用', zh: '进入应用' },
  firstRelayCall: { en: 'First call', ja: '初回呼び出し', zh: '首次调用' },
  expired: { en: 'Expired', ja: '期限切れ', zh: '已过期' },
  open: { en: 'Open', ja: '未使用', zh: '未使用' },
  revoked: { en: 'Withdrawn', ja: '取り消し済み', zh: '已撤销' },
  admitted: { en: 'People', ja: '登録者数', zh: '注册人数' },
  funnelTruncated: {
    en: `Of the newest ${counted} invites.`,
    ja: `新しい${counted}件の招待についての値です。`,
    zh: `仅统计最新的 ${counted} 个邀请。`,
  },
  moreLabels: {
    en: 'The {count} {count|label|labels} used last. Further labels are not shown.',
    ja: '最近使われた{count}件のラベルです。ほかのラベルは表示されません。',
    zh: '仅显示最近使用的 {count} 个标签，其余标签不显示。',
  },
} as const satisfies Record<string, Text>;
