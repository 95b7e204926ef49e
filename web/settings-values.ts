import type { Settings } from '#shared/deployment/settings.ts';

type Value = string | number | boolean | null;

/**
 * Each setting as people read it. Each is read by its name, so that the function is given it (`infra/settings-read.ts`);
 * one that is added and forgotten here does not compile.
 */
export const settingValues: Readonly<Record<keyof Settings, (settings: Settings) => Value>> = {
  region: ({ region }) => region,
  appName: ({ appName }) => appName,
  origin: ({ origin }) => origin,
  appUrl: ({ appUrl }) => appUrl,
  mailFrom: ({ mailFrom }) => mailFrom,
  locale: ({ locale }) => locale,
  registration: ({ registration }) => registration,
  deviceOnly: ({ deviceOnly }) => deviceOnly,
  timeZone: ({ timeZone }) => timeZone,
  mailsPerSecond: ({ mailsPerSecond }) => mailsPerSecond,
  userInvites: ({ userInvites }) => userInvites,
  userRequests: ({ userRequests }) => userRequests,
  requestHours: ({ requestHours }) => requestHours,
  userQuestions: ({ userQuestions }) => userQuestions,
  services: ({ services }) =>
    Object.values(services)
      .map(({ title }) => title)
      .join(', '),
  keyDays: ({ keyDays }) => keyDays,
  keyMinLength: ({ keyMinLength }) => keyMinLength,
  relaySilenceSeconds: ({ relaySilenceSeconds }) => relaySilenceSeconds,
  inviteDays: ({ inviteDays }) => inviteDays,
  sessionIdleDays: ({ sessionIdleDays }) => sessionIdleDays,
  sessionAbsoluteDays: ({ sessionAbsoluteDays }) => sessionAbsoluteDays,
  passwordMinLength: ({ passwordMinLength }) => passwordMinLength,
  passwordHash: ({ passwordHash }) => passwordHash,
  bcryptCost: ({ bcryptCost }) => bcryptCost,
  captcha: ({ captcha }) => captcha,
  registrationsPerMinute: ({ registrationsPerMinute }) => registrationsPerMinute,
  audiences: ({ audiences }) => audiences,
  rates: ({ rates }) => rates,
  auditDays: ({ auditDays }) => auditDays,
  logDays: ({ logDays }) => logDays,
  protect: ({ protect }) => protect,
  reservedConcurrency: ({ reservedConcurrency }) => reservedConcurrency,
};
