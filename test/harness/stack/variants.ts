/** Apps that people sign in to: one in the browser alone and one on a server. Both take only guests whose invite names them. */
const apps = {
  portal: {
    title: 'Portal',
    redirectUris: ['https://portal.example.com/callback', 'http://127.0.0.1/callback'],
    origins: ['https://portal.example.com'],
    initiateLoginUri: 'https://portal.example.com/login',
    takesGuests: false,
    postLogoutRedirectUris: ['https://portal.example.com/'],
    audiences: ['https://api.example.com', 'relay'],
    refresh: true,
  },
  intranet: {
    title: 'Intranet',
    redirectUris: ['https://intranet.example.com/signed-in?from=latchkey'],
    takesGuests: false,
    confidential: true,
  },
};

/** Deployments that tests run against, each with a template of its own, all from one set of bundles. */
export const variants = {
  /** For most tests: no rate limits, a cheap hash, and mail that goes out at once. */
  plain: { rates: 'off', bcryptCost: 4, mailsPerSecond: 1_000, apps },
  /** With the rate limits of a deployment. */
  limited: { rates: 'on', bcryptCost: 4 },
  /** No verified sender: no mail goes out. */
  copyLink: { rates: 'off', bcryptCost: 4, mailFrom: null },
  /** Signed-in guests are sent to the app's own address. */
  withApp: { rates: 'off', bcryptCost: 4, appUrl: 'https://app.example.com/start' },
  /** Users may send two invites each, and mail goes out as fast as it can. */
  usersInvite: { rates: 'off', bcryptCost: 4, userInvites: 2, mailsPerSecond: 10_000 },
  /** A deployment with a name, a sender's domain, a time zone and alarms of its own, few mails per second and a short audit trail. */
  smallAccount: {
    alarmEmail: 'ops@example.com',
    requestsPerSecond: 1,
    rates: 'off',
    bcryptCost: 4,
    mailsPerSecond: 5,
    mailDomain: 'latchkey.example',
    appName: 'Kazoku & Co',
    timeZone: 'Asia/Tokyo',
    auditDays: 60,
  },
  /** Everybody can register. */
  open: { rates: 'off', bcryptCost: 4, registration: 'open' },
  /** Accounts are known by devices alone, and no captcha is asked for. */
  devicesOnly: { rates: 'off', bcryptCost: 4, deviceOnly: true, captcha: 'off' },
  /** Every registration needs a captcha. */
  captcha: { rates: 'off', bcryptCost: 4, captcha: 'always' },
} as const satisfies Record<string, Record<string, unknown>>;

export type Variant = keyof typeof variants;
