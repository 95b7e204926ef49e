import type { Stack } from '#local/stack/running-stack.ts';
import { password, tokenOf } from '../harness/credentials.ts';
import { createInvites, register, type Link, type Person } from '../harness/people.ts';
import { post, send, signInAdmin } from '../harness/stack.ts';
import { questionAt, sampleKey, withTokens } from '../relay/people.ts';
import type { Question } from '../harness/ask.ts';
import { demanded, type Demanded } from './assumptions.ts';
import { recordUse, shared, type Use } from './record-use.ts';
import type { Uses } from './walls.ts';

/** One relayed call with a person's own key. */
async function relay(stack: Stack, person: Person): Promise<unknown> {
  const [holder] = await withTokens(stack, [person]);
  const { url, headers, body } = JSON.parse(questionAt(stack.relay!, holder!.token)) as Question;
  const answer = await fetch(url, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`the relay answered ${answer.status} ${await answer.text()}`);
  return answer.text();
}

/** The use of AWS by each act of one person. */
async function recordPerson(stack: Stack, admin: string, username: string): Promise<Record<Demanded, Use>> {
  const email = `${username}@example.com`;
  let link: Link | undefined;
  let person: Person | undefined;
  const record = (act: () => Promise<unknown>) => recordUse(stack, act);
  const invited = await record(async () => {
    [link] = await createInvites(stack, admin, { emails: [email] });
  });
  const verified = await record(() => post(stack, '/v1/invites/verify', { token: tokenOf(link!) }));
  const registered = await record(async () => (person = await register(stack, link!, username)));
  await send(stack, 'PATCH', `/v1/admin/users/${person!.user.id}`, { emailVerified: true }, admin);
  const { session, login } = person!;
  await send(stack, 'PUT', '/v1/keys/claude', { key: sampleKey }, session.token);
  // The first call writes more rows than later ones.
  await relay(stack, person!);
  return {
    'admin-invite-create': invited,
    'invite-verify': verified,
    'registration-create': registered,
    'session-create': await record(() =>
      post(stack, '/v1/sessions', { login, password, transport: 'token' }),
    ),
    'session-verify': await record(() => post(stack, '/v1/sessions/verify', {}, session.token)),
    relay: await record(() => relay(stack, person!)),
  };
}

/** The use of AWS by one request of each operation, with the partitions that all people write to. */
export async function recordUses(stack: Stack): Promise<Uses> {
  const admin = await signInAdmin(stack);
  const one = await recordPerson(stack, admin, 'hanako');
  const other = await recordPerson(stack, admin, 'tomoko');
  return Object.fromEntries(demanded.map((id) => [id, shared(one[id], other[id])])) as Record<Demanded, Use>;
}
