import type { Text } from '#shared/locale.ts';
import type { Role, userStatuses } from '#shared/users/user.ts';

/** What administrators read about the people who have an account. */
export const peopleTexts = {
  people: { en: 'People', ja: 'メンバー', zh: '成员' },
  filters: { en: 'Filter the people', ja: 'メンバーを絞り込む', zh: '筛选成员' },
  find: { en: 'Address or username', ja: 'アドレスまたはユーザー名', zh: '邮箱或用户名' },
  role: { en: 'Role', ja: '権限', zh: '角色' },
  admin: { en: 'Administrator', ja: '管理者', zh: '管理员' },
  general: { en: 'Member', ja: '一般', zh: '普通成员' },
  status: { en: 'Status', ja: '状態', zh: '状态' },
  active: { en: 'Active', ja: '有効', zh: '正常' },
  disabled: { en: 'Disabled', ja: '停止中', zh: '已停用' },
  label: { en: 'Label', ja: 'ラベル', zh: '标签' },
  name: { en: 'Name', ja: '名前', zh: '姓名' },
  username: { en: 'Username', ja: 'ユーザー名', zh: '用户名' },
  email: { en: 'Email address', ja: 'メールアドレス', zh: '邮箱' },
  unproven: { en: 'not confirmed', ja: '未確認', zh: '未验证' },
  deviceOnly: { en: 'Known by the device', ja: '端末で登録', zh: '以设备登记' },
  since: { en: 'Registered', ja: '登録日時', zh: '注册时间' },
  empty: {
    en: 'There is nobody whom these filters show.',
    ja: '条件に合うメンバーはいません。',
    zh: '没有符合筛选条件的成员。',
  },
} as const satisfies Record<string, Text> & Record<Role | (typeof userStatuses)[number], Text>;
