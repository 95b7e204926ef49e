import { randomUUID } from 'node:crypto';
import { claudeKey, changeKey, deleteKey, putKey } from '../../../harness/relay/keys.ts';
import { ask, keyHolder, relayToken } from '../../../harness/relay/relay.ts';
import { send } from '../../../harness/http/http.ts';
import { mailedGuest, type SignedIn } from '../../../harness/people/people.ts';
import { scenario, type Act, type Scenario, type Scene } from '../scenario.ts';

const withKey =
  (act: (scene: Scene, who: SignedIn) => Act): Scenario['prepare'] =>
  async (scene) => {
    const who = await mailedGuest(scene.stack, scene.admin);
    await putKey(scene.stack, who);
    await scene.stack.settle();
    return act(scene, who);
  };

export const keys: readonly Scenario[] = [
  scenario('key-put', 'the first', async ({ stack, admin }) => {
    const [who, key] = [await mailedGuest(stack, admin), claudeKey()];
    return () => putKey(stack, who, { key });
  }),
  scenario(
    'key-put',
    'in the place of another',
    withKey(({ stack }, who) => {
      const key = claudeKey();
      return () => putKey(stack, who, { key });
    }),
  ),
  scenario(
    'key-update',
    'off',
    withKey(
      ({ stack }, who) =>
        () =>
          changeKey(stack, who, { active: false }),
    ),
  ),
  scenario(
    'key-update',
    'renewed',
    withKey(
      ({ stack }, who) =>
        () =>
          changeKey(stack, who, { renew: true }),
    ),
  ),
  scenario(
    'key-delete',
    '',
    withKey(
      ({ stack }, who) =>
        () =>
          deleteKey(stack, who),
    ),
    { reply: '404 not_found', because: 'there is no such key any more' },
  ),
  scenario(
    'key-check',
    '',
    withKey(
      ({ stack }, who) =>
        () =>
          send(stack, 'POST', '/v1/keys/claude/check', { token: who.session.token }),
    ),
  ),
  scenario('relay', 'a question', async ({ stack, admin }) => {
    const token = await relayToken(stack, await keyHolder(stack, admin));
    return () => ask(stack, token);
  }),
  scenario('relay', 'streamed', async ({ stack, admin }) => {
    const token = await relayToken(stack, await keyHolder(stack, admin));
    const json = {
      model: 'claude-sonnet-5',
      max_tokens: 64,
      stream: true,
      messages: [{ role: 'user', content: randomUUID() }],
    };
    return () => ask(stack, token, { json });
  }),
  scenario('relay', 'that the provider refuses', async ({ stack, admin }) => {
    const token = await relayToken(stack, await keyHolder(stack, admin));
    return () => {
      stack.provider.behave([{ kind: 'error', status: 500 }]);
      return ask(stack, token);
    };
  }),
];
