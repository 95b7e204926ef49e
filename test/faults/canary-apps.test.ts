import { expect, onTestFinished, test, vi } from 'vitest';
import { openExample } from '#local/stack/example.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { follow, signedInBrowser } from '../harness/apps/browser.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { leaks } from '../harness/stack/canary.ts';

const { stack, admin } = useAdmin();

/** The value of a cookie that an answer sets. */
const cookieIn = (response: Response, name: RegExp): string => {
  const line = response.headers.getSetCookie().find((one) => name.test(one)) ?? '';
  return decodeURIComponent(line.split(/[=;]/, 2)[1] ?? '');
};
const jar = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');

test('C54: the example app shows no code, verifier, session or token, in its log or on a page, good and refused', async () => {
  const printed: unknown[][] = [];
  for (const level of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((...line) => void printed.push(line));
  onTestFinished(() => void vi.restoreAllMocks());
  const example = await openExample(0);
  onTestFinished(example.close);
  const app = JSON.parse(example.settings['apps.example']!) as object;
  stack().deploy({ apps: parseSettings({ apps: { example: app } }).apps });
  example.serve(stack().app);
  const browser = await signedInBrowser(stack(), admin);
  const get = (path: string, cookie = '') =>
    fetch(example.url + path, { redirect: 'manual', headers: { cookie } });

  const begun = await get('/login');
  const back = await follow(browser, new URL(begun.headers.get('location')!));
  const code = back.searchParams.get('code')!;
  const wrong = `${back.pathname}${back.search.replace(code, `${code.slice(0, -4)}AAAA`)}`;
  const refused = await get(wrong, jar(begun));
  const done = await get(back.pathname + back.search, jar(begun));
  const again = await get(back.pathname + back.search, jar(begun));
  const strange = await get(back.pathname + back.search);
  const home = await get('/', jar(done));
  expect([refused.status, done.status, again.status, strange.status, home.status]).toEqual([
    400, 302, 400, 400, 200,
  ]);
  const secrets = {
    code: code.split('.').at(-1)!,
    verifier: cookieIn(begun, /^sign-in\./),
    session: cookieIn(done, /^app-session=/),
    latchkey: Object.values(browser.cookies).join(),
  };
  expect(Object.values(secrets).filter((secret) => secret.length < 20)).toEqual([]);
  const pages = await Promise.all([refused, again, strange, home].map((answer) => answer.text()));
  expect(pages.at(-1)).toContain(`Hello, ${admin.user.username}`);
  // Each refusal has printed a message.
  expect(printed.length).toBeGreaterThanOrEqual(3);
  expect(leaks(printed.flat().map(String).join('\n'), secrets)).toEqual([]);
  expect(leaks(pages.join('\n'), secrets)).toEqual([]);
});
