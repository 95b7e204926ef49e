import * as z from 'zod/mini';
import { locales } from '../locale.ts';
import { factsOfAddresses, type AddressFacts } from './addresses.ts';
import { appsSchema, factsOfApps, type AppFacts } from './apps.ts';
import { appColorSchema, appLogoSchema, appNameSchema } from './brand.ts';
import { domainSchema, formerDomainSchema } from './domain.ts';
import { keyReplicasSchema } from './key-replicas.ts';
import { settingLimits } from './limits.ts';
import { isOrigin } from './origin.ts';
import { proxySchema } from './proxy.ts';
import { restoredTablesSchema } from './restored-tables.ts';
import { factsOfServices, servicesSchema, type ServiceFacts } from './services.ts';

const days = (fallback: number, most: number) => z._default(z.int().check(z.gte(1), z.lte(most)), fallback);

const mailDomainSchema = z
  .string()
  .check(
    z.maxLength(200),
    z.regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/),
    z.describe('a domain in lower case such as example.com'),
  );

const originSchema = z
  .string()
  .check(
    z.refine(isOrigin),
    z.describe('an origin, https:// and a host alone, such as https://join.example.com'),
  );

const signingAlg = z.enum(['RS256', 'ES256', 'Ed25519', 'EdDSA']);
export type SigningAlg = z.infer<typeof signingAlg>;

/**
 * The settings of a deployment (`cdk.json` context, or `npm start -- --set KEY=VALUE`), with their defaults.
 * A deployment accepts only `rates: on` and a `bcryptCost` of 12 or more; the local stack also accepts weaker ones.
 */
export const settingsSchema = z.strictObject({
  /** Distinguishes a deployment from others in its account and region: one word, so that no name begins with another's. */
  stage: z._default(
    z.nullable(
      z
        .string()
        .check(
          z.regex(/^[a-z][a-z0-9]{0,15}$/),
          z.describe('a word of letters in lower case and digits, 16 at most, such as staging'),
        ),
    ),
    null,
  ),
  /** AWS region of the deployment. */
  region: z._default(
    z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/), z.describe('an AWS region, such as eu-central-1')),
    'us-east-1',
  ),
  /** The name that pages and mails carry. */
  appName: z._default(appNameSchema, 'Latchkey'),
  /** The colour of buttons and links on pages and in mails, which take legible shades of it; null: Latchkey's own. */
  appColor: z._default(z.nullable(appColorSchema), null),
  /** An image before the name on pages; null: a mark in the pages' colour. */
  appLogo: z._default(z.nullable(appLogoSchema), null),
  /** The address for users, such as https://join.example.com, if not `domain`; null: `domain`, or else the API's own address. */
  origin: z._default(z.nullable(originSchema), null),
  /** The name that the deployment sets up as its address. */
  domain: z._default(z.nullable(domainSchema), null),
  /** Earlier values of `domain`, and other origins that lead here: links to them are redirected. */
  formerDomains: z._default(
    z
      .array(formerDomainSchema)
      .check(z.maxLength(5), z.describe('a list of what domain was, such as [{"name": "old.example.com"}]')),
    [],
  ),
  formerOrigins: z._default(z.array(originSchema).check(z.maxLength(5)), []),
  /** The proxy in front, which tells the clients' addresses. */
  proxy: z._default(z.nullable(proxySchema), null),
  /** Where a signed-in guest is sent; null: Latchkey's own page. */
  appUrl: z._default(z.nullable(z.url({ protocol: /^https?$/ })), null),
  /** Sender of all mail, verified in SES; null: no mail goes out and links are copied by hand. */
  mailFrom: z._default(z.nullable(z.email({ pattern: z.regexes.html5Email })), null),
  /** The domain of `mailFrom`, if SES should know the whole domain and sign its mail; null: the address alone. */
  mailDomain: z._default(z.nullable(mailDomainSchema), null),
  /** Whether a deployment creates the sender's domain or address in SES, or uses an existing one. */
  mailIdentity: z._default(z.enum(['create', 'existing']), 'create'),
  /** Where answers to mails go; null: to `mailFrom`. */
  replyTo: z._default(z.nullable(z.email({ pattern: z.regexes.html5Email })), null),
  /** Language if neither the visitor nor the invite names one. */
  locale: z._default(z.enum(locales), 'en'),
  /** Who can register: only guests with an invite, or all visitors. */
  registration: z._default(z.enum(['invite-only', 'open']), 'invite-only'),
  /** Whether users are known by their devices alone: then visitors who are not signed in are sent to registration. */
  deviceOnly: z._default(z.boolean(), false),
  /** Time zone in which mails and pages name times (IANA). */
  timeZone: z._default(
    z.string().check(
      z.refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC'),
      z.describe('a time zone by its IANA name, such as Europe/Berlin'),
    ),
    'UTC',
  ),
  /** Mails that the account may send in a second (SES, account dashboard). */
  mailsPerSecond: z._default(z.int().check(z.gte(1), z.lte(10_000)), 1),
  /** Invites that a user who is no administrator may send, unless granted more. */
  userInvites: z._default(z.int().check(z.gte(0), z.lte(settingLimits.userInvites)), 0),
  /** Calls that a user may have relayed in a window of `requestHours`, which begins with its first call. */
  userRequests: z._default(z.int().check(z.gte(0), z.lte(settingLimits.userCalls)), 30),
  requestHours: z._default(z.int().check(z.gte(1), z.lte(168)), 4),
  /** Of these, the calls in a day (UTC) that generate an answer. */
  userQuestions: z._default(z.int().check(z.gte(0), z.lte(settingLimits.userCalls)), 30),
  /** Providers whose API keys are kept and whose API is relayed: what differs from the built-in ones. */
  services: z.prefault(servicesSchema, {}),
  /** The owner's own apps, to which people sign in with Latchkey. */
  apps: z.prefault(appsSchema, {}),
  /**
   * How access and ID tokens are signed (JWA). AWS's gateways accept RS256 but not Ed25519. EdDSA is the old name of Ed25519, for
   * backends that know no other.
   */
  tokenSigning: z._default(signingAlg, 'RS256'),
  /** How many days a kept API key is valid, and how many characters it has at least. */
  keyDays: days(30, 365),
  keyMinLength: z._default(z.int().check(z.gte(1), z.lte(200)), 32),
  /** How long a provider may be silent, before its answer and within it. */
  relaySilenceSeconds: z._default(z.int().check(z.gte(1), z.lte(800)), 100),
  /** Life of an invite that sets no life of its own. */
  inviteDays: days(7, settingLimits.inviteDays),
  /** A session ends after so many days without use. */
  sessionIdleDays: days(365, 3650),
  /** A session ends at this age, however much it is used. */
  sessionAbsoluteDays: days(1095, 3650),
  passwordMinLength: z._default(z.int().check(z.gte(8), z.lte(64)), 8),
  /** Consecutive wrong passwords that lock an account, and for how long. */
  lockFailures: z._default(z.int().check(z.gte(3), z.lte(10)), 5),
  lockMinutes: z._default(z.int().check(z.gte(1), z.lte(720)), 10),
  /** How long a mailed code is good. */
  codeMinutes: z._default(z.int().check(z.gte(5), z.lte(60)), 30),
  /** How new passwords are hashed. Older hashes are replaced at the user's next sign-in. */
  passwordHash: z._default(z.enum(['bcrypt', 'argon2id']), 'bcrypt'),
  /** Work factor of bcrypt, as a power of two. */
  bcryptCost: z._default(z.int().check(z.gte(4), z.lte(15)), 12),
  /**
   * When a captcha is required: near a limit and for each registration without an invite (`auto`), also for every other registration
   * (`always`), or never.
   */
  captcha: z._default(z.enum(['auto', 'always', 'off']), 'auto'),
  /** Registrations that one address may make in a minute. A class or an office behind one address needs more. */
  registrationsPerMinute: z._default(z.int().check(z.gte(1), z.lte(300)), 3),
  /** Sessions that one address may have checked in a minute. A backend that checks all its users' sessions needs more. */
  sessionChecksPerMinute: z._default(z.int().check(z.gte(1), z.lte(10_000)), 60),
  /** Backends besides Latchkey's own that access tokens are made for: names or URLs, with commas between. */
  audiences: z._default(
    z
      .string()
      .check(
        z.maxLength(1_000),
        z.regex(/^([\w.:/-]+(,[\w.:/-]+)*)?$/),
        z.describe('names or URLs with commas between, 1,000 characters at most'),
      ),
    '',
  ),
  /** Whether request rates are limited. */
  rates: z._default(z.enum(['on', 'off']), 'on'),
  auditDays: days(365, 3650),
  logDays: z._default(z.literal([1, 3, 7, 14, 30, 60, 90, 180, 365]), 30),
  /** Keeps tables and keys when a stack is deleted, and refuses their deletion. */
  protect: z._default(z.boolean(), true),
  /**
   * Requests per second that each route takes from all callers together, once a burst is used up. Costlier routes get a part of it
   * (`infra/api/throttles.ts`).
   */
  requestsPerSecond: z._default(z.int().check(z.gte(1), z.lte(10_000)), 10),
  /** The address that the alarms mail; null: there are no alarms. */
  alarmEmail: z._default(z.nullable(z.email({ pattern: z.regexes.html5Email })), null),
  /** Relayed calls at once, reserved from the account's concurrency; null: none reserved, as many as the account has left. */
  relayConcurrency: z._default(z.nullable(z.int().check(z.gte(1))), null),
  /** Tables that were restored to an earlier time, which the service uses in place of the stack's own. */
  restoredTables: z.prefault(restoredTablesSchema, {}),
  /** Replicas of another region's keys, which the service uses in place of the stack's own. */
  keyReplicas: z.prefault(keyReplicasSchema, {}),
});

/** The settings of a deployment, and the facts that follow from them. */
export type DeploymentSettings = z.infer<typeof settingsSchema> & AppFacts & ServiceFacts & AddressFacts;

/**
 * The settings as functions read them. They know apps and the domain by facts: much else that functions read is called `apps` or
 * `domain`, so that they would be given these settings for nothing (`infra/bundle/settings-read.ts`).
 */
export type Settings = Omit<DeploymentSettings, 'apps' | 'domain'>;

/** The settings of a deployment with the given `values`. @throws ZodError if a value breaks the schema. */
export function parseSettings(values: unknown): DeploymentSettings {
  const told = settingsSchema.parse(values);
  return { ...told, ...factsOfApps(told.apps), ...factsOfServices(told.services), ...factsOfAddresses(told) };
}
