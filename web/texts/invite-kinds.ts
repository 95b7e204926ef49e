import type { InviteKind } from '#shared/invites/invite.ts';
import type { Text } from '#shared/locale.ts';

/** Whom an invite of each kind lets in. */
export const inviteKindTexts = {
  account: { en: 'Anybody with the link', ja: 'リンクを知っている人', zh: '持有链接的任何人' },
  email: { en: 'One address', ja: '1つのアドレス', zh: '一个邮箱' },
  domain: { en: 'Addresses of one domain', ja: '1つのドメインのアドレス', zh: '同一域名的邮箱' },
  device: { en: 'Anybody, on one device', ja: '1台の端末に限定', zh: '仅限一台设备' },
  'device-only': {
    en: 'A device with the pass phrase',
    ja: '合言葉を知る端末',
    zh: '持有口令的设备',
  },
} as const satisfies Record<InviteKind, Text>;

/** What each kind of invite means, in a line. */
export const kindHintTexts = {
  'account-hint': {
    en: 'Whoever holds the link may register, with any address.',
    ja: 'リンクを持つ人なら、どのアドレスでも登録できます。',
    zh: '持有链接的人可用任意邮箱注册。',
  },
  'email-hint': {
    en: 'Only the owner of this address may register, once.',
    ja: 'このアドレスの持ち主だけが1回登録できます。',
    zh: '只有该邮箱的主人可以注册一次。',
  },
  'domain-hint': {
    en: 'Whoever has an address of the domain may register; each proves it by mail.',
    ja: 'ドメインのアドレスを持つ人が登録できます。各自メールで確認します。',
    zh: '拥有该域名邮箱的人可以注册，并各自通过邮件验证。',
  },
  'device-hint': {
    en: 'The account works on the one device that registers, and is moved by mail.',
    ja: '登録した1台の端末でのみ使えるアカウントです。端末の移行はメールで行います。',
    zh: '账号只能在注册的那台设备上使用，可通过邮件迁移。',
  },
  'device-only-hint': {
    en: 'No address and no password: whoever knows the pass phrase registers a device.',
    ja: 'アドレスもパスワードも不要で、合言葉を知る人が端末を登録します。',
    zh: '无需邮箱和密码：知道口令的人登记一台设备。',
  },
} as const satisfies Record<`${InviteKind}-hint`, Text>;
