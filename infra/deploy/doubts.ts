import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { readContext } from '../context.ts';
import { Mistakes } from '../mistakes.ts';
import { readSettings } from '../settings/settings.ts';
import { readSettingsFile, settingsFileName } from '../settings/settings-file.ts';

/** DeploymentSettings that are valid by themselves but surely not meant for a deployment, in sentences. */
export const doubtsAbout = (settings: DeploymentSettings, directory: string): string[] => [
  ...examplesIn(settings),
  ...sharedWithProduction(settings, directory),
];

/** Names that cannot be registered (RFC 2606, 3): they are left over from the example. */
const example = /(^|[@.])example\.(com|net|org)$/i;

function examplesIn({
  mailFrom,
  mailDomain,
  replyTo,
  alarmEmail,
  domain,
  origin,
  appUrl,
}: DeploymentSettings) {
  const host = (url: string | null) => (url === null ? null : new URL(url).hostname);
  const names = {
    mailFrom,
    mailDomain,
    replyTo,
    alarmEmail,
    ...(domain === null ? { origin: host(origin) } : { 'domain.name': domain.name }),
    appUrl: host(appUrl),
  };
  return Object.entries(names)
    .filter(([, name]) => name !== null && example.test(name))
    .map(([setting, name]) => `${setting} is ${name}, as in the example: name your own, or take it out.`);
}

/** An address or sender that two deployments share breaks one of them. A stage's file often begins as a copy of production's. */
function sharedWithProduction(settings: DeploymentSettings, directory: string): string[] {
  const production = productionIn(directory);
  if (!production || production.stage === settings.stage) return [];
  const file = settingsFileName(null);
  const { origin, domain, region } = settings;
  const sender = senderOf(settings);
  const isShared = sender !== null && settings.mailIdentity === 'create' && sender === senderOf(production);
  return [
    ...(origin !== null && origin === production.origin
      ? [
          `${domain === null ? 'origin' : 'domain.name'} is that of ${file} too: an address leads to one deployment alone. Take it out, or name another.`,
        ]
      : []),
    ...(isShared && region === production.region
      ? [
          `${sender} is the sender of ${file} too, and SES takes a sender once in a region: set "mailIdentity": "existing".`,
        ]
      : []),
    ...(isShared && region !== production.region && sender === settings.mailDomain
      ? [
          `mailDomain is that of ${file} too, and SES wants one MX record at bounces.${sender}, which names one region: name another domain, such as one below it.`,
        ]
      : []),
  ];
}

/** The name by which SES knows the sender. */
const senderOf = ({ mailFrom, mailDomain }: DeploymentSettings): string | null => mailDomain ?? mailFrom;

/** The settings of `latchkey.json`, if the file exists and is valid. */
function productionIn(directory: string): DeploymentSettings | undefined {
  const file = readSettingsFile(directory, null);
  try {
    return file && readSettings(readContext(), file);
  } catch (error) {
    if (error instanceof Mistakes) return undefined;
    throw error;
  }
}
