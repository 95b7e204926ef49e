/** Apps that people sign in to: one in the browser alone, and one on a server. Neither takes guests whose invite does not name it. */
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

/** Deployments that tests run against, each a template of its own from one set of bundles. */
export const variants = {
  /** Most tests: rates off, a hash that costs little, and mail that goes out at once. */
  plain: { rates: 'off', bcryptCost: 4, mailsPerSecond: 1_000, apps },
  /** With the rate limits of a deployment. */
  limited: { rates: 'on', bcryptCost: 4 },
  /** No verified sender: nothing goes out by mail. */
  copyLink: { rates: 'off', bcryptCost: 4, mailFrom: null },
  /** An app of its own stands behind the first page. */
  withApp: { rates: 'off', bcryptCost: 4, appUrl: 'https://app.example.com/start' },
  /** Users may send two invites each, and mail goes out as fast as it can. */
  usersInvite: { rates: 'off', bcryptCost: 4, userInvites: 2, mailsPerSecond: 10_000 },
  /** A deployment with a name, a sender's domain, a time zone and alarms of its own, whose account may send few mails, with a short trail. */
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
  /** People are known by their devices alone, and no captcha is asked for. */
  devicesOnly: { rates: 'off', bcryptCost: 4, deviceOnly: true, captcha: 'off' },
  /** Whoever registers solves a captcha. */
  captcha: { rates: 'off', bcryptCost: 4, captcha: 'always' },
} as const satisfies Record<string, Record<string, unknown>>;

export type Variant = keyof typeof variants;
