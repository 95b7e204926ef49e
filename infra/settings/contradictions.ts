import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import type { FormerDomain } from '#shared/deployment/domain.ts';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { edgeRegion, firewall, mostSilenceSeconds, requestsFor } from '../edge/limits.ts';

/** Contradictions between settings that are each valid by themselves, in sentences. */
export const contradictionsIn = (settings: DeploymentSettings): string[] => [
  ...aboutDomain(settings),
  ...aboutFirewall(settings),
  ...aboutThrottle(settings),
  ...aboutProxy(settings),
  ...aboutRestoredTables(settings),
];

function aboutDomain({
  origin,
  domain,
  formerDomains,
  proxy,
  region,
  relaySilenceSeconds,
}: DeploymentSettings): string[] {
  if (domain === null)
    return formerDomains.length > 0 ? ['formerDomains wants domain: where are they to lead?'] : [];
  const { name, edge } = domain;
  const wanted = edge ? edgeRegion : region;
  return [
    ...(origin !== `https://${name}`
      ? [`origin is ${origin}, but domain.name is ${name}: leave origin out, it follows from domain.`]
      : []),
    ...[domain, ...formerDomains].flatMap((one) => mistakeInCertificate(one, wanted)),
    ...formerDomains
      .filter((one) => one.name === name)
      .map(() => `formerDomains names ${name}, which is domain.name now.`),
    ...alikeIn([domain, ...formerDomains], edge),
    ...repeatedIn(formerDomains.map((one) => one.name)).map((one) => `formerDomains names ${one} twice.`),
    ...(edge && formerDomains.some((one) => one.certificateArn !== null)
      ? ['With domain.edge one certificate is for all names: name it in domain, and none in formerDomains.']
      : []),
    ...(edge && proxy === null
      ? [
          'domain.edge wants proxy.secretHashes, by which CloudFront proves itself: npm run proxy-secret makes a secret.',
        ]
      : []),
    ...(edge && relaySilenceSeconds > mostSilenceSeconds
      ? [
          `relaySilenceSeconds must be at most ${mostSilenceSeconds} with domain.edge: CloudFront waits no longer.`,
        ]
      : []),
  ];
}

/** Forms that a joining guest sends: the note that the guest has begun, the registration, the code from the mail. */
const formsOfGuest = 3;

/** What a setting allows to one address and the firewall does not. */
function aboutFirewall({
  domain,
  sessionChecksPerMinute,
  registrationsPerMinute,
}: DeploymentSettings): string[] {
  if (!domain?.edge) return [];
  const wanted = {
    [`sessionChecksPerMinute ${sessionChecksPerMinute}`]: requestsFor(sessionChecksPerMinute),
    [`registrationsPerMinute ${registrationsPerMinute}`]: requestsFor(
      registrationsPerMinute * formsOfGuest,
      firewall.formShare,
    ),
  };
  return Object.entries(wanted)
    .filter(([, requests]) => requests > domain.requestsPerFiveMinutes)
    .map(
      ([setting, requests]) =>
        `With domain.edge, ${setting} wants domain.requestsPerFiveMinutes ${requests} or more: the firewall takes less of one address.`,
    );
}

/** What a setting allows to one address and the route's throttle refuses to all callers together. */
function aboutThrottle({ sessionChecksPerMinute, requestsPerSecond }: DeploymentSettings): string[] {
  const wanted = Math.ceil(sessionChecksPerMinute / 60);
  return wanted > requestsPerSecond
    ? [
        `sessionChecksPerMinute ${sessionChecksPerMinute} wants requestsPerSecond ${wanted} or more: the route takes less of all callers together.`,
      ]
    : [];
}

const repeatedIn = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, at) => names.indexOf(name) < at)),
];

/** Names with the same logical id, which keeps only letters and digits. With CloudFront the hosted zone decides which stack has the id. */
const alikeIn = (names: readonly FormerDomain[], edge: boolean): string[] =>
  [
    ...Map.groupBy(
      names,
      ({ name, hostedZoneId }) => `${logicalIdOf(name)} ${edge && hostedZoneId === null}`,
    ).values(),
  ]
    .map((some) => [...new Set(some.map(({ name }) => name))].toSorted())
    .filter(({ length }) => length > 1)
    .map(
      (alike) =>
        `${alike.join(' and ')} differ by dots and hyphens alone, and one deployment cannot have both: take one out of formerDomains.`,
    );

function mistakeInCertificate(
  { name, certificateArn }: { name: string; certificateArn: string | null },
  region: string,
) {
  const [, , , where] = certificateArn?.split(':') ?? [];
  return where === undefined || where === region
    ? []
    : [`The certificate of ${name} must be in ${region}; certificateArn names one in ${where}.`];
}

/** A stage whose settings began as a copy of another stage's would read and write that stage's data. */
const aboutRestoredTables = (settings: DeploymentSettings): string[] =>
  Object.entries(settings.restoredTables)
    .filter(
      ([, { name }]) =>
        name.startsWith('latchkey-') && !name.startsWith(`${stackNameOf(settings, 'stateful')}-`),
    )
    .map(
      ([table, { name }]) => `restoredTables.${table} names ${name}, a table of another stage: take it out.`,
    );

/** Headers that CloudFront writes itself, or allows no one to add (its developer guide, restrictions on edge functions and origins). */
const notAtCloudFront = /^(cloudfront-|x-(edge|amz|forwarded|accel)-|x-real-ip$|x-cache)/;

function aboutProxy({ origin, proxy, domain }: DeploymentSettings): string[] {
  if (proxy === null) return [];
  return [
    ...(['header', 'secretHeader'] as const)
      .filter((field) => domain?.edge && notAtCloudFront.test(proxy[field]))
      .map(
        (field) => `With domain.edge leave out proxy.${field}: CloudFront does not write ${proxy[field]}.`,
      ),
    ...(origin === null ? ['proxy wants domain or origin: the address at which it answers.'] : []),
    ...(proxy.header === proxy.secretHeader
      ? ['proxy.header and proxy.secretHeader must be two headers.']
      : []),
  ];
}
