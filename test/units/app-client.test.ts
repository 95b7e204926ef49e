import { describe, expect, test } from 'vitest';
import { titleOf } from '#shared/apps/app-titles.ts';
import { authenticateClient } from '#shared/apps/authenticate-client.ts';
import { audienceOf, findApp, takesSession, type NamedApp } from '#shared/apps/find-app.ts';
import { formatGrantToken, parseGrantToken } from '#shared/apps/grant-tokens.ts';
import { showAsOauth } from '#shared/apps/oauth-error.ts';
import { appsSchema, factsOfApps } from '#shared/deployment/apps.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { parseParameters } from '#shared/http/parameters.ts';
import type { Request } from '#shared/http/request.ts';
import { newId, newSecret } from '#shared/random.ts';

const redirectUris = ['https://portal.example/signed-in'];
const settings = factsOfApps(
  appsSchema.parse({
    portal: { title: 'The portal', redirectUris },
    server: { redirectUris, confidential: true },
  }),
);

describe('R6.4: an app', () => {
  test('is found by its name, and none by what is no name of one', () => {
    expect(findApp(settings, 'portal')).toMatchObject({ name: 'portal', title: 'The portal' });
    const others = [undefined, '', 'other', 'constructor', '__proto__'];
    expect(others.map((name) => findApp(settings, name))).toEqual(others.map(() => undefined));
  });

  test('R6.7: the command line is one of every deployment, and the one that gets a session', () => {
    const commandLine = findApp(factsOfApps({}), 'latchkey-cli')!;
    expect(commandLine).toMatchObject({ name: 'latchkey-cli', title: 'Latchkey CLI', confidential: false });
    expect([commandLine, findApp(settings, 'portal')!].map(takesSession)).toEqual([true, false]);
  });

  test('is called as it is titled, and by its name once it is gone', () => {
    const names = ['portal', 'latchkey-cli', 'other', 'constructor'];
    const titles = ['The portal', 'Latchkey CLI', 'other', 'constructor'];
    expect(names.map((name) => titleOf(name, settings))).toEqual(titles);
  });

  test('R6.2: has tokens for the audience that it wants, if that is its own, or its first, or us', () => {
    const of = (audiences: string[], wanted?: string) =>
      audienceOf({ tokenAudiences: audiences } as unknown as NamedApp, wanted, 'https://us.example');
    expect(of(['one', 'two'], 'two')).toBe('two');
    expect(of(['one', 'two'], 'three')).toBe('one');
    expect(of(['one', 'two'])).toBe('one');
    expect(of([], 'three')).toBe('https://us.example');
  });
});

describe('R6.4: who calls for an app', () => {
  const clientSecrets = {
    matches: (name: string, secret: string) => Promise.resolve(name === 'server' && secret === 'a:+%'),
  };
  const basic = (user: string, secret: string) =>
    `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
  /** The app's name, or the refusal's status and its request for the secret. */
  async function ask(authorization: string | undefined, body = ''): Promise<unknown> {
    const request = { headers: { authorization } } as unknown as Request;
    const tools = { clientSecrets, settings };
    const known = await authenticateClient(request, parseParameters(body), tools, 0);
    return 'status' in known ? [known.status, known.headers['www-authenticate']] : known.name;
  }
  const refused = [401, 'Basic realm="latchkey"'];
  const right = basic('server', 'a%3A%2B%25');

  test('says its name where it keeps no secret, and no more than that', async () => {
    expect(await ask(undefined, 'client_id=portal')).toBe('portal');
    expect(await ask(basic('portal', ''))).toBe('portal');
    expect(await ask(undefined, 'client_id=portal&client_secret=any')).toEqual(refused);
    expect(await ask(basic('portal', 'any'))).toEqual(refused);
  });

  test('shows its secret where it keeps one, form-encoded in the header (RFC 6749, 2.3.1)', async () => {
    expect(await ask(right)).toBe('server');
    expect(await ask(undefined, 'client_id=server&client_secret=a%3A%2B%25')).toBe('server');
    expect(await ask(undefined, 'client_id=server')).toEqual(refused);
    expect(await ask(undefined, 'client_id=server&client_secret=other')).toEqual(refused);
    expect(await ask(basic('server', ''))).toEqual(refused);
    expect(await ask(basic('server', 'other'))).toEqual(refused);
  });

  test('shows it in one way: two at once are none, but for a name that agrees', async () => {
    expect(await ask(right, 'client_id=server')).toBe('server');
    expect(await ask(right, 'client_id=portal')).toEqual(refused);
    expect(await ask(right, 'client_secret=a%3A%2B%25')).toEqual(refused);
    expect(await ask(right, 'client_id=server&client_secret=a%3A%2B%25')).toEqual(refused);
  });

  test('is nobody without a name, or by a header that cannot be read', async () => {
    expect(await ask(undefined)).toEqual(refused);
    expect(await ask(undefined, 'client_id=other')).toEqual(refused);
    const headers = ['Bearer token', 'Basic', 'Basic *', basic('', 'any'), basic('%', 'any')];
    for (const header of headers) expect(await ask(header, 'client_id=portal'), header).toEqual(refused);
    expect(await ask(basic('portal', '%')), 'as if it had none').toBe('portal');
  });
});

test('R6.5: a code or a refresh token is read as it was made, and nothing else is one', () => {
  const token = { userId: newId(), id: newId(), secret: newSecret() };
  expect(parseGrantToken(formatGrantToken(token))).toStrictEqual(token);
  expect([undefined, '', 'a.b.c'].map(parseGrantToken)).toEqual([undefined, undefined, undefined]);
});

test('an app is told in the words of its protocol to come later, or that it has asked wrongly', () => {
  const errorOf = (status: number): unknown => {
    const answer = showAsOauth({ status, code: 'busy' } as Problem);
    expect(answer.status).toBe(status);
    const { error, error_description: description } = JSON.parse(String(answer.body)) as Record<
      string,
      string
    >;
    expect(description).toBe('busy');
    return error;
  };
  expect([429, 500, 503].map(errorOf)).toEqual(Array<string>(3).fill('temporarily_unavailable'));
  expect([400, 413, 499].map(errorOf)).toEqual(Array<string>(3).fill('invalid_request'));
});
