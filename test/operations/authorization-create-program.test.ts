import { beforeAll, beforeEach, expect, test } from 'vitest';
import { parseSettings } from '#shared/deployment/settings.ts';
import { authorizePath, newPkce, returned } from '../harness/apps/door.ts';
import { signInByForm } from '../harness/http/pages.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { mailedGuest, type SignedIn } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
const { apps } = parseSettings({
  apps: { program: { redirectUris: ['http://127.0.0.1/callback', 'http://[::1]/callback'] } },
});
let guest: SignedIn;
beforeAll(async () => void (guest = await mailedGuest(stack(), admin)));
beforeEach(() => stack().deploy({ apps }));

const at = (redirect_uri: string) =>
  authorizePath(newPkce().challenge, { client_id: 'program', redirect_uri, scope: 'openid' });

test('422 303 C66: a program listens at any port that there is, and no other address is sent anybody or fails', async () => {
  const signedIn = await signInByForm(stack(), guest.user.username);
  for (const host of ['127.0.0.1', '[::1]']) {
    for (const port of [65_536, 99_999])
      for (const visitor of [signedIn, new Visitor(stack())])
        expect((await visitor.get(at(`http://${host}:${port}/callback`))).status, `${port}`).toBe(422);
    const uri = `http://${host}:65535/callback`;
    expect(returned(await signedIn.get(at(uri)), uri)).toHaveProperty('code');
  }
});

test('303 C65: the form of the sign-in page leads to a program at [::1], which policies have no name for', async () => {
  const visitor = new Visitor(stack());
  const { headers } = await visitor.get(at('http://[::1]:4000/callback'));
  const page = await visitor.get(String(headers['location']));
  expect(page.headers['content-security-policy']).toContain("form-action 'self' http:;");
});
