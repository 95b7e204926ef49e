import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { get, type ClientRequest } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { follow, signedInBrowser } from '../harness/apps/browser.ts';
import { send } from '../harness/http/http.ts';
import { firstAdmin, type SignedIn } from '../harness/people/people.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';
import { useStack } from '../harness/stack/stack.ts';
import { folder, keptIn } from './latchkey.ts';
import { hasTerminals, launched, openTerminal } from './terminal.ts';

const stack = useStack();
let admin: SignedIn;
beforeAll(async () => {
  admin = await firstAdmin(stack());
});

/** A terminal in which `latchkey login` has opened a browser. This one only notes the address that it was given. */
async function begin() {
  const home = folder();
  const [noted, browser] = [join(home, 'address'), join(home, 'browser')];
  writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > "${noted}.new"\nmv "${noted}.new" "${noted}"\n`);
  chmodSync(browser, 0o700);
  const terminal = openTerminal({ XDG_CONFIG_HOME: home, BROWSER: browser }, 300);
  await terminal.shows('shell> ');
  terminal.type(`${launched} login --url ${stack().app}; echo "code $?"\n`);
  const address = () => new URL(readFileSync(noted, 'utf8'));
  await expect.poll(address).toBeInstanceOf(URL);
  const { searchParams: asked } = address();
  const returnTo = (parameters: Readonly<Record<string, string>>, headers = {}) =>
    fetch(`${asked.get('redirect_uri')}?${String(new URLSearchParams(parameters))}`, { headers });
  return { ...terminal, home, address: address(), asked, state: asked.get('state')!, returnTo };
}

const countSessions = async () => {
  const { token } = admin.session;
  return (await send<{ items: unknown[] }>(stack(), 'GET', '/v1/sessions', { token })).json.items.length;
};

const kept = (home: string) => keptIn(home, new URL(stack().app).host.replace(':', '-'));

describe.skipIf(!hasTerminals)('latchkey login in the browser', () => {
  test('R6.7: keeps a session of its own, tells the person in their language to go back, and shows no secret', async () => {
    const { home, address, asked, shows, shown } = await begin();
    expect(address.origin).toBe(stack().app);
    expect(Object.fromEntries(asked)).toMatchObject({
      client_id: 'latchkey-cli',
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
    });
    const back = await follow(await signedInBrowser(stack(), admin), address);
    const page = await fetch(back, { headers: { 'accept-language': 'ja' } });
    expect({ status: page.status, text: await page.text() }).toEqual({
      status: 200,
      text: expect.stringMatching(/<html lang="ja">[^]*ターミナルに戻って/),
    });
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
    await shows(`as ${admin.user.username}.`);
    await shows('code 0');

    const { token } = JSON.parse(readFileSync(kept(home), 'utf8')) as { token: string };
    expect((await send(stack(), 'GET', '/v1/me', { token })).json).toMatchObject({ id: admin.user.id });
    for (const secret of [token, back.searchParams.get('code')!]) expect(shown()).not.toContain(secret);
    // Nothing listens any longer.
    await expect(fetch(back)).rejects.toThrow('fetch failed');
  });

  /** Returns a code to the command, as the browser does, without waiting for the page. */
  const bringBack = (address: URL) => get(address).on('error', () => undefined);
  const whoSignedIn = { function: 'me-read', action: 'BatchGetItem' };

  test('R6.7: who closes the page before its answer is signed in all the same', async () => {
    const { address, shows } = await begin();
    const back = await follow(await signedInBrowser(stack(), admin), address);
    let page: ClientRequest | undefined;
    await meanwhile(
      stack(),
      whoSignedIn,
      () => {
        page = bringBack(back);
        return shows('code 0');
      },
      async () => void page?.destroy(),
    );
  });

  test('R6.7: Ctrl-C while the session begins leaves none behind', async () => {
    const { address, home, type, shows } = await begin();
    const back = await follow(await signedInBrowser(stack(), admin), address);
    const before = await countSessions();
    const { promise: isTold, resolve } = Promise.withResolvers<void>();
    await meanwhile(
      stack(),
      whoSignedIn,
      async () => {
        bringBack(back);
        await shows('Stopping after the request under way');
        resolve();
        await shows('code 130');
      },
      () => {
        type('\u0003');
        return isTold;
      },
    );
    // The session that had begun has ended.
    expect(await countSessions()).toBe(before);
    expect(() => readFileSync(kept(home))).toThrow('ENOENT');
  });

  test('R6.7: what brings another state, by another name or from another issuer signs nobody in', async () => {
    const { home, state, returnTo, asked, shows } = await begin();
    const iss = stack().app;
    expect((await returnTo({ code: 'code', state: 'another', iss })).status).toBe(404);
    const { port } = new URL(asked.get('redirect_uri')!);
    const rebound = await send(stack(), 'GET', `/callback?code=code&state=${state}&iss=${iss}`, {
      base: `http://127.0.0.1:${port}`,
      headers: { host: `evil.example:${port}` },
    });
    expect(rebound.status).toBe(404);
    // The command still waits: a sender that does not know the state can end nothing.
    const mixedUp = await returnTo({ code: 'code', state, iss: 'https://evil.example' });
    expect({ status: mixedUp.status, text: await mixedUp.text() }).toEqual({
      status: 400,
      text: expect.stringContaining('You are not signed in'),
    });
    await shows('Another server');
    await shows('code 1');
    expect(() => readFileSync(kept(home))).toThrow('ENOENT');
  });

  test('R6.7: a refusal is told where the person looks, and a code that is none ends as a refusal', async () => {
    const refused = await begin();
    const iss = stack().app;
    await refused.returnTo({ error: 'access_denied', state: refused.state, iss });
    await refused.shows('access_denied');
    await refused.shows('code 1');
    const wrong = await begin();
    expect((await wrong.returnTo({ code: 'no-such-code', state: wrong.state, iss })).status).toBe(400);
    await wrong.shows('code 1');
  });

  test('C113: a session of which it cannot be told whose it is does not stay open', async () => {
    const { address, shows } = await begin();
    const back = await follow(await signedInBrowser(stack(), admin), address);
    const before = await countSessions();
    // The server answers 500, and the command does not ask again.
    stack().faults([{ kind: 'crash', function: 'me-read' }]);
    expect((await fetch(back)).status).toBe(400);
    await shows('code 1');
    stack().faults([]);
    expect(await countSessions()).toBe(before);
  });

  test('R6.7: Ctrl-C ends it', async () => {
    const { type, shows } = await begin();
    type('\u0003');
    await shows('Stopped.');
    await shows('code 130');
  });
});
