import { describe, expect, test } from 'vitest';
import { builtInServices } from '#shared/deployment/built-in-services.ts';
import { parseSettings, type Settings } from '#shared/deployment/settings.ts';
import { standInNotice, standInServices, routedToStandIn } from '#local/provider/route-to-stand-in.ts';
import { useJobs } from './assembly.ts';
import { http } from './http.ts';

const { stack } = useJobs({
  'settings-read': {
    trigger: 'invocation',
    handler: 'async () => JSON.parse(process.env.SETTINGS)',
    settings: ['services'],
  },
});
const servicesOf = async () => ((await stack().invoke('settings-read')) as Settings).services;

const control = (method: string, body?: object) =>
  http(`${stack().control}/provider`, { method, ...(body && { body: JSON.stringify(body) }) });

const askClaude = () =>
  http(`${stack().provider.url}/claude/v1/models`, {
    headers: { 'x-api-key': 'sk-ant-0123456789', 'anthropic-version': '2023-06-01' },
  });

test('functions find the built-in services at the stand-in, and what is deployed over them', async () => {
  const { url } = stack().provider;
  expect(await servicesOf()).toEqual({
    claude: { ...builtInServices['claude'], baseUrl: `${url}/claude` },
    chatgpt: { ...builtInServices['chatgpt'], baseUrl: `${url}/chatgpt` },
  });
  const services = { claude: builtInServices['claude']! };
  stack().deploy({ services });
  expect(await servicesOf()).toEqual(services);
  stack().deploy({});
  expect((await servicesOf())['claude']?.baseUrl).toBe(`${url}/claude`);
});

test('people tell it what to do by the control port', async () => {
  expect((await control('POST', [{ kind: 'error', status: 529 }])).status).toBe(200);
  expect((await askClaude()).status).toBe(529);
  const { text } = await control('GET');
  expect(JSON.parse(text)).toMatchObject([{ service: 'claude', path: '/v1/models', state: 'answered' }]);
  expect(text).not.toContain('sk-ant-0123456789');
  expect((await control('DELETE')).status).toBe(200);
  expect((await askClaude()).status).toBe(200);
});

test.each([
  [[{ kind: 'nap' }], '0.kind: invalid'],
  [[{ kind: 'hang', tims: 1 }], '0: unknown: tims'],
  [{ kind: 'hang' }, 'body: invalid'],
])('%j is refused', async (body, error) => {
  const { status, text } = await control('POST', body);
  expect([status, JSON.parse(text)]).toEqual([400, { error }]);
});

test('a reset takes it back to its beginning', async () => {
  stack().provider.behave([{ kind: 'hang' }]);
  const hanging = askClaude().catch(() => 'broken');
  await expect.poll(() => stack().provider.requests().at(-1)?.state).toBe('hanging');
  await stack().reset();
  expect(await hanging).toBe('broken');
  expect(stack().provider.requests()).toEqual([]);
  expect((await askClaude()).status).toBe(200);
});

describe('what --set says', () => {
  test.each<[Record<string, string>, string[]]>([
    [{}, ['claude', 'chatgpt']],
    [{ appName: 'A', 'services.claude.title': 'C' }, ['claude', 'chatgpt']],
    [{ 'services.claude.baseUrl': 'https://api.anthropic.com' }, ['chatgpt']],
    [{ 'services.claude': '{"baseUrl":"https://api.anthropic.com"}' }, ['chatgpt']],
    [{ 'services.chatgpt': 'null' }, ['claude']],
    [{ services: '{"claude":{"baseUrl":"https://x.test"},"chatgpt":null}' }, []],
    [{ services: '{"claude":{"title":"C"}}' }, ['claude', 'chatgpt']],
    [{ services: 'nonsense' }, ['claude', 'chatgpt']],
  ])('%j leaves %j to the stand-in', (settings, names) => {
    expect(standInServices(settings)).toEqual(names);
  });

  test('is told to people', () => {
    expect(standInNotice(['claude', 'chatgpt'])).toMatch(/^\n {2}Claude and ChatGPT: answered by a stand-in/);
    expect(standInNotice(['chatgpt'])).toContain('--set services.chatgpt.baseUrl=https://api.openai.com\n');
    expect(standInNotice([])).toBe('');
  });
});

test('a service that is elsewhere, or that there is not, is left as it is', () => {
  const settings = parseSettings({
    services: { claude: null, chatgpt: { baseUrl: 'https://x.test' }, mine: { baseUrl: 'https://y.test' } },
  });
  expect(routedToStandIn(settings, 'http://127.0.0.1:1')).toEqual(settings);
  const usual = parseSettings({});
  expect(routedToStandIn(usual, 'http://127.0.0.1:1', [])).toEqual(usual);
});
