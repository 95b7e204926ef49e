import type { AppFacts } from '#shared/deployment/apps.ts';
import type { ServiceFacts } from '#shared/deployment/services.ts';
import type { Settings } from '#shared/deployment/settings.ts';

/** Excludes settings that no function reads, since a change of those must change no function. */
export type ShownSetting = Exclude<
  keyof Settings,
  | 'stage'
  | 'mailDomain'
  | 'mailIdentity'
  | 'region'
  | 'logDays'
  | 'protect'
  | 'requestsPerSecond'
  | 'relayConcurrency'
  | 'restoredTables'
  | 'keyReplicas'
  | 'alarmEmail'
  | 'formerDomains'
  | 'formerOrigins'
  | 'formerAddresses'
  | 'proxy'
  | 'services'
  | keyof AppFacts
  | keyof ServiceFacts
>;

type Value = string | number | boolean | null;

/**
 * Each setting as people read it. Each is read by its name, so that the function is given it (`infra/bundle/settings-read.ts`). A
 * new setting that is missing here does not compile. Services are shown on the page of API keys: together with all other settings
 * they would not fit into the function's environment.
 */
export const settingValues: Readonly<Record<ShownSetting, (settings: Settings) => Value>> = {
  appName: ({ appName }) => appName,
  appColor: ({ appColor }) => appColor,
  appLogo: ({ appLogo }) => appLogo,
  origin: ({ origin }) => origin,
  appUrl: ({ appUrl }) => appUrl,
  mailFrom: ({ mailFrom }) => mailFrom,
  replyTo: ({ replyTo }) => replyTo,
  locale: ({ locale }) => locale,
  registration: ({ registration }) => registration,
  deviceOnly: ({ deviceOnly }) => deviceOnly,
  timeZone: ({ timeZone }) => timeZone,
  mailsPerSecond: ({ mailsPerSecond }) => mailsPerSecond,
  userInvites: ({ userInvites }) => userInvites,
  userRequests: ({ userRequests }) => userRequests,
  requestHours: ({ requestHours }) => requestHours,
  userQuestions: ({ userQuestions }) => userQuestions,
  keyDays: ({ keyDays }) => keyDays,
  keyMinLength: ({ keyMinLength }) => keyMinLength,
  relaySilenceSeconds: ({ relaySilenceSeconds }) => relaySilenceSeconds,
  inviteDays: ({ inviteDays }) => inviteDays,
  sessionIdleDays: ({ sessionIdleDays }) => sessionIdleDays,
  sessionAbsoluteDays: ({ sessionAbsoluteDays }) => sessionAbsoluteDays,
  passwordMinLength: ({ passwordMinLength }) => passwordMinLength,
  lockFailures: ({ lockFailures }) => lockFailures,
  lockMinutes: ({ lockMinutes }) => lockMinutes,
  codeMinutes: ({ codeMinutes }) => codeMinutes,
  passwordHash: ({ passwordHash }) => passwordHash,
  bcryptCost: ({ bcryptCost }) => bcryptCost,
  captcha: ({ captcha }) => captcha,
  registrationsPerMinute: ({ registrationsPerMinute }) => registrationsPerMinute,
  sessionChecksPerMinute: ({ sessionChecksPerMinute }) => sessionChecksPerMinute,
  audiences: ({ audiences }) => audiences,
  tokenSigning: ({ tokenSigning }) => tokenSigning,
  rates: ({ rates }) => rates,
  auditDays: ({ auditDays }) => auditDays,
};
