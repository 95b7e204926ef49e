import { expect, test } from 'vitest';
import { readSettings } from '#infra/settings/settings.ts';
import { sentencesOf } from './sentences.ts';

const hash = 'ab'.repeat(32);
const domain = { name: 'join.example.com' };
const proxy = { secretHashes: [hash] };
const sentences = (latchkey: object, more: object = {}) =>
  sentencesOf(() => readSettings({ latchkey, ...more }));
const certificate = (region: string) =>
  `arn:aws:acm:${region}:123456789012:certificate/11111111-2222-3333-4444-555555555555`;

test('R8.1: the origin follows from the domain by itself', () => {
  expect(readSettings({ latchkey: { domain } })).toMatchObject({
    origin: 'https://join.example.com',
    domain: { hostedZoneId: null, certificateArn: null, edge: false, requestsPerFiveMinutes: 2_000 },
    formerAddresses: { hosts: [], own: true },
  });
  expect(readSettings({})).toMatchObject({ origin: null, formerAddresses: { hosts: [], own: false } });
});

test('R8.1: CloudFront leads to the relay too; another proxy where it is told to', () => {
  const relay = (latchkey: object) => readSettings({ latchkey }).proxy?.relay;
  expect(relay({ domain: { ...domain, edge: true }, proxy })).toBe(true);
  expect(relay({ domain, proxy: { ...proxy, relay: true } })).toBe(true);
  expect(relay({ domain, proxy })).toBe(false);
});

test('R8.1: former names and origins are hosts from which browsers are led on', () => {
  const { formerAddresses } = readSettings({
    latchkey: {
      domain,
      formerDomains: [{ name: 'old.example.com' }],
      formerOrigins: ['https://older.example.com:8443'],
    },
  });
  expect(formerAddresses).toEqual({ hosts: ['old.example.com', 'older.example.com'], own: true });
});

test('R8.1: mistakes in a domain and a proxy are told by their fields, all at once', () => {
  const wrong = {
    domain: { nam: 'x', hostedZoneId: 'example.com', edge: 'yes' },
    proxy: { header: 'x-forwarded-for', secretHashes: ['secret'], relay: true },
    formerOrigins: ['old.example.com'],
  };
  expect(sentences(wrong)).toEqual([
    'There is no setting domain.nam; did you mean domain.name?',
    'domain.hostedZoneId must be the id of a hosted zone such as Z0123456789ABCDEFGHIJ or null; it is "example.com".',
    'domain.edge must be true or false; it is "yes".',
    'domain.name is missing.',
    'proxy.header must be the name, in lower case, of a header that the CDN writes alone, such as cf-connecting-ip; not x-forwarded-for, which callers begin; it is "x-forwarded-for".',
    'proxy.secretHashes must be a list of one or two hashes, as npm run proxy-secret prints them; it is ["secret"].',
    'formerOrigins must be a list in JSON of 5 at most, each of it an origin, https:// and a host alone, such as https://join.example.com; it is ["old.example.com"].',
  ]);
  for (const name of [
    'https://join.example.com',
    'join.example.com/',
    'Join.example.com',
    'join',
    'join..example.com',
  ])
    expect(sentences({ domain: { name } }), name).toEqual([
      `domain.name must be a host name in lower case such as join.example.com; it is ${JSON.stringify(name)}.`,
    ]);
});

test('R8.1: fields can be given one by one on the command line', () => {
  const context = {
    'latchkey:domain.name': 'join.example.com',
    'latchkey:domain.edge': 'true',
    'latchkey:proxy.secretHashes': JSON.stringify([hash]),
  };
  expect(readSettings(context)).toMatchObject({ domain: { ...domain, edge: true }, proxy });
  expect(readSettings({ 'latchkey:domain': JSON.stringify(domain) })).toMatchObject({ domain });
  expect(readSettings({ latchkey: { domain }, 'latchkey:domain': 'null' }).domain).toBe(null);
});

test.each<[string, object, string]>([
  [
    'another origin',
    { domain, origin: 'https://www.example.com' },
    'origin is https://www.example.com, but domain.name is join.example.com: leave origin out, it follows from domain.',
  ],
  [
    'a certificate of another region',
    { region: 'eu-central-1', domain: { ...domain, certificateArn: certificate('us-east-1') } },
    'The certificate of join.example.com must be in eu-central-1; certificateArn names one in us-east-1.',
  ],
  [
    'a certificate that CloudFront cannot take',
    {
      region: 'eu-central-1',
      domain: { ...domain, edge: true, certificateArn: certificate('eu-central-1') },
      proxy,
    },
    'The certificate of join.example.com must be in us-east-1; certificateArn names one in eu-central-1.',
  ],
  [
    'CloudFront that proves nothing',
    { domain: { ...domain, edge: true } },
    'domain.edge wants proxy.secretHashes, by which CloudFront proves itself: npm run proxy-secret makes a secret.',
  ],
  [
    'a relay that waits longer than CloudFront',
    { domain: { ...domain, edge: true }, proxy, relaySilenceSeconds: 111 },
    'relaySilenceSeconds must be at most 110 with domain.edge: CloudFront waits no longer.',
  ],
  [
    'session checks that the firewall lets through to nobody',
    { domain: { ...domain, edge: true }, proxy, sessionChecksPerMinute: 401 },
    'With domain.edge, sessionChecksPerMinute 401 wants domain.requestsPerFiveMinutes 2005 or more: the firewall takes less of one address.',
  ],
  [
    'session checks that the throttle of the route lets through to nobody',
    { sessionChecksPerMinute: 601 },
    'sessionChecksPerMinute 601 wants requestsPerSecond 11 or more: the route takes less of all callers together.',
  ],
  [
    'registrations that the firewall lets through to nobody',
    { domain: { ...domain, edge: true, requestsPerFiveMinutes: 5_000 }, proxy, registrationsPerMinute: 60 },
    'With domain.edge, registrationsPerMinute 60 wants domain.requestsPerFiveMinutes 6000 or more: the firewall takes less of one address.',
  ],
  [
    'a former domain without a new one',
    { formerDomains: [domain] },
    'formerDomains wants domain: where are they to lead?',
  ],
  [
    'a former domain that is the domain',
    { domain, formerDomains: [domain] },
    'formerDomains names join.example.com, which is domain.name now.',
  ],
  [
    'a former domain that is there twice',
    { domain, formerDomains: [{ name: 'old.example.com' }, { name: 'old.example.com' }] },
    'formerDomains names old.example.com twice.',
  ],
  [
    'a former domain that differs from another name by a dot or hyphen alone',
    { domain: { name: 'join.app.example.com' }, formerDomains: [{ name: 'join-app.example.com' }] },
    'join-app.example.com and join.app.example.com differ by dots and hyphens alone, and one deployment cannot have both: take one out of formerDomains.',
  ],
  [
    'a header that CloudFront may not write',
    { domain: { ...domain, edge: true }, proxy: { ...proxy, header: 'x-real-ip' } },
    'With domain.edge leave out proxy.header: CloudFront does not write x-real-ip.',
  ],
  [
    'a table of another stage',
    {
      stage: 'staging',
      restoredTables: { users: { name: 'latchkey-stateful-UsersTable-A-20261128T120000Z' } },
    },
    'restoredTables.users names latchkey-stateful-UsersTable-A-20261128T120000Z, a table of another stage: take it out.',
  ],
  ['a proxy without an address', { proxy }, 'proxy wants domain or origin: the address at which it answers.'],
  [
    'one header for both',
    { domain, proxy: { ...proxy, header: 'x-a', secretHeader: 'x-a' } },
    'proxy.header and proxy.secretHeader must be two headers.',
  ],
])('R8.1: %s is refused with the remedy', (_, latchkey, sentence) => {
  expect(sentences(latchkey)).toEqual([sentence]);
});
