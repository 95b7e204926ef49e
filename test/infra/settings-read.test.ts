import { expect, test } from 'vitest';
import { readConfig } from '#shared/deployment/config.ts';
import { usualService } from '#shared/deployment/built-in-services.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { findOperations } from '#infra/operations.ts';
import { sentencesOf } from './sentences.ts';
import { functionsOf, settingsReadBy, synthesize, type Json, type Templates } from './synthesize.ts';

const entries = findOperations();
const ids = entries.map(({ id }) => id);
const readers = (name: string) => ids.filter((id) => settingsReadBy(id).includes(name));
/** The readers without the page that shows all settings. */
const users = (name: string) => readers(name).filter((id) => id !== 'page-admin-settings');

const functions = (settings: Record<string, unknown>) =>
  new Map(
    [...functionsOf(synthesize(entries, settings).service)].map(([id, { Properties }]) => [id, Properties]),
  );
const usual = functions({});
/** Ids of the functions that these settings change. */
const touchedBy = (settings: Record<string, unknown>) =>
  [...functions(settings)]
    .filter(([id, properties]) => JSON.stringify(properties) !== JSON.stringify(usual.get(id)))
    .map(([id]) => id);

const variablesOf = (properties: Record<string, Json>) =>
  (properties['Environment'] as { Variables: Record<string, Json> }).Variables;

test('a function has the settings that its code reads, and no others', () => {
  const settings = parseSettings({ inviteDays: 3, appName: 'Family' });
  for (const [id, properties] of functions({ inviteDays: 3, appName: 'Family' })) {
    const given = JSON.parse(variablesOf(properties)['SETTINGS'] as string) as Record<string, unknown>;
    expect(Object.keys(given), id).toEqual(settingsReadBy(id));
    expect(settings, id).toMatchObject(given);
  }
  expect(users('keyMinLength')).toEqual(['key-put', 'page-keys']);
  expect(users('relaySilenceSeconds')).toEqual(['relay']);
  expect(users('registrationsPerMinute')).toEqual(['registration-create']);
  const opened = entries.filter(({ declaration }) => 'cors' in declaration && declaration.cors !== undefined);
  expect(users('appOrigins')).toEqual(opened.map(({ id }) => id));
  // Functions that check tokens go by the tokens' keys, not by this setting.
  expect(users('tokenSigning')).toEqual(['key-rotate', 'oauth-token', 'openid-read', 'token-create']);
  // The colour belongs to the style sheet and to mails, the logo to everything that renders pages.
  const showsPages = entries.filter(
    ({ declaration }) =>
      declaration.kind === 'page' || 'showProblem' in declaration || 'forms' in declaration,
  );
  expect(users('appLogo').filter((id) => !showsPages.some((entry) => entry.id === id))).toEqual([]);
  expect(users('appLogo')).not.toContain('me-read');
  expect(users('appColor')).toEqual([
    'admin-invite-preview',
    'mail-hurry',
    'mail-send',
    'mail-sweep',
    'page-asset',
  ]);
  expect(users('mailsPerSecond')).toEqual(['mail-hurry', 'mail-send', 'mail-sweep']);
});

test('settings of the deployment alone touch no function', () => {
  for (const name of [
    'region',
    'domain',
    'logDays',
    'protect',
    'requestsPerSecond',
    'relayConcurrency',
    'alarmEmail',
  ])
    expect(readers(name)).toEqual([]);
  expect(touchedBy({ logDays: 7, protect: false })).toEqual([]);
});

test('a setting touches the functions that read it, and no others', () => {
  expect(readers('userRequests').length).toBeGreaterThan(0);
  expect(touchedBy({ userRequests: 7 })).toEqual(readers('userRequests'));
  expect(touchedBy({ auditDays: 7 })).toEqual(readers('auditDays'));
});

/** Large values that a deployment may well have. */
const large = {
  appName: '家'.repeat(60),
  appLogo: `https://www.example.com/${'a'.repeat(172)}.svg`,
  appColor: '#0a7d4b',
  appUrl: `https://app.example.com/${'a'.repeat(200)}`,
  mailFrom: `${'invites'.repeat(9)}@mail.example.com`,
  origin: `https://${'a'.repeat(60)}.example.com`,
  audiences: 'https://backend.example.com,'.repeat(35).slice(0, -1),
  timeZone: 'America/Los_Angeles',
  services: Object.fromEntries(
    ['gemini', 'mistral', 'groq'].map((name) => [
      name,
      {
        ...usualService,
        title: name,
        baseUrl: `https://api.${name}.example.com/openai`,
        headers: [`x-${name}-*`],
      },
    ]),
  ),
};

/** As long as the longest name or ARN to which a reference in an environment resolves. */
const reference = 'arn:aws:kms:ap-northeast-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef';

test('every environment is within the 4 KB that Lambda takes, with large settings too', () => {
  for (const [id, properties] of functions(large)) {
    // Lambda measures the environment in this form.
    const written = JSON.stringify(variablesOf(properties), (key, value: unknown) =>
      key === '' || typeof value === 'string' ? value : reference,
    );
    expect(Buffer.byteLength(written), id).toBeLessThan(4_096);
  }
});

const site = (name: string) => `https://${name}.example.com`;
/** Apps as the guide shows one, with each kind of address. */
const someApps = (names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        title: 'Portal',
        redirectUris: [`${site(name)}/callback`],
        origins: [site(name)],
        initiateLoginUri: `${site(name)}/login`,
        postLogoutRedirectUris: [`${site(name)}/`],
        audiences: ['https://api.example.com'],
        refresh: true,
      },
    ]),
  );

test('R1.1: whole services are given to functions that check keys and relay', () => {
  // The list of keys answers a field of that name.
  expect(readers('services')).toEqual(['key-check', 'key-list', 'key-put', 'page-keys', 'relay']);
});

test('R6.4: whole apps are given to functions that sign people in to them, and nine apps fit', () => {
  expect(readers('registeredApps')).toEqual([
    'app-secret',
    'authorization-create',
    'oauth-logout',
    'oauth-revoke',
    'oauth-token',
    'userinfo-read',
  ]);
  expect(users('audiences')).toEqual(['page-asset', 'token-create']);
  const names = Array.from({ length: 9 }, (_, at) => `portal-${at}`);
  expect(sentencesOf(() => synthesize(entries, { apps: someApps(names) }))).toEqual([]);
});

test('more settings than an environment holds are refused by the function and what to do', () => {
  const services = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [
      `provider-${index}`,
      { baseUrl: `https://${index}.example.com` },
    ]),
  );
  const relay = entries.filter(({ id }) => id === 'relay');
  expect(sentencesOf((): Templates => synthesize(relay, { services }))).toEqual([
    expect.stringMatching(/^The settings that relay reads take \d+ bytes; .* list fewer services or apps\.$/),
  ]);
});

test('a setting that a function was not given is an error, not undefined', () => {
  const { settings } = readConfig({ ORIGIN: 'https://join.example.com', SETTINGS: '{"locale":"ja"}' });
  expect(settings.locale).toBe('ja');
  expect(() => settings.inviteDays).toThrow('this function was not given the setting inviteDays');
  expect(() => ({ ...settings })).toThrow('read one by one');
  expect(() => JSON.stringify(settings)).toThrow('toJSON');
});
