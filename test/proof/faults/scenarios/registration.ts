import { newAddress } from '../../../harness/people/guests.ts';
import { newDevice } from '../../../harness/people/devices.ts';
import { invited } from '../../../harness/http/pages.ts';
import { send } from '../../../harness/http/http.ts';
import { invite, mailedToken, openInvite, register, somebody } from '../../../harness/people/people.ts';
import { scenario, type Scenario, type Scene } from '../scenario.ts';

const id = 'registration-create';

const registers = (way: string, guestOf: (scene: Scene) => Promise<object>): Scenario =>
  scenario(id, way, async (scene) => {
    const json = { transport: 'token', ...(await guestOf(scene)) };
    // From an address that has not guessed yet.
    const from = newAddress();
    return () => send(scene.stack, 'POST', '/v1/register', { json, from });
  });

export const registrations: readonly Scenario[] = [
  registers('by a mailed link', async ({ stack, admin }) => {
    const who = somebody();
    await invite(stack, admin, { emails: [who.email] });
    return { ...who, token: await mailedToken(stack, who.email) };
  }),
  registers('by an invite for many', async ({ stack, admin }) => {
    const token = await openInvite(stack, admin, { maxUses: 3 });
    await register(stack, token);
    return { ...somebody(), token };
  }),
  registers('by a code', async ({ stack, admin }) => {
    const [row] = await invite(stack, admin);
    return { ...somebody(), code: row!.code };
  }),
  registers('by a pass phrase, for a device', async ({ stack, admin }) => {
    const passphrase = 'open sesame';
    const token = await openInvite(stack, admin, { kind: 'device-only', passphrase });
    return { token, passphrase, deviceKey: (await newDevice()).deviceKey };
  }),
  registers('as who takes an address back', async ({ stack, admin }) => {
    const who = somebody();
    await register(stack, await openInvite(stack, admin), { ...somebody(), email: who.email });
    await invite(stack, admin, { emails: [who.email] });
    return { ...who, token: await mailedToken(stack, who.email) };
  }),
  scenario(id, 'by the form', async ({ stack, admin }) => {
    const who = somebody();
    const { visitor, form } = await invited(stack, await openInvite(stack, admin));
    // The browser's cookies before any answer: a repeat comes from a browser that has received none.
    const cookies = { ...visitor.cookies };
    return () => {
      for (const name of Object.keys(visitor.cookies)) delete visitor.cookies[name];
      Object.assign(visitor.cookies, cookies);
      return visitor.submit(form, '/register', who);
    };
  }),
];
