import { expect, test } from 'vitest';
import { linkState } from '../harness/invites/invites.ts';
import { register, somebody, tokenOf } from '../harness/people/people.ts';
import { openStack } from '../harness/stack/stack.ts';
import { latchkey } from './latchkey.ts';

test('R4.7: bootstrap prints the first administrator’s link, again while there is none, and then refuses', async () => {
  const stack = await openStack('plain');
  try {
    const env = {
      AWS_ENDPOINT_URL_LAMBDA: stack.lambda,
      AWS_ACCESS_KEY_ID: 'operator',
      AWS_SECRET_ACCESS_KEY: 'operator-secret',
    };
    const local = await latchkey(['bootstrap', '--local', stack.control]);
    expect(local).toMatchObject({ code: 0, prose: '' });
    expect(local.data).toMatch(new RegExp(`^${stack.app}/invite/[\\w.-]+\\n$`));
    const args = ['bootstrap', '--function', 'admin-bootstrap', '--region', 'us-east-1'];
    const deployed = await latchkey([...args, '--json'], { env });
    expect(deployed.code, deployed.prose).toBe(0);
    const { url } = JSON.parse(deployed.data);
    expect(await linkState(stack, tokenOf(local.data.trim()))).not.toBe('active');
    const { user } = await register(stack, tokenOf(url), somebody('admin'));
    expect(user.role).toBe('admin');

    for (const refused of [
      await latchkey(args, { env }),
      await latchkey(['bootstrap', '--local', stack.control]),
    ]) {
      expect(refused).toMatchObject({ code: 1, data: '', prose: expect.stringContaining('already') });
    }
    expect(
      await latchkey(['bootstrap', '--function', 'nothing', '--region', 'us-east-1'], { env }),
    ).toMatchObject({
      code: 1,
      prose: expect.stringContaining('Function not found'),
    });
  } finally {
    await stack.stop();
  }
});

test('R4.7: bootstrap says what it lacks', async () => {
  expect((await latchkey(['bootstrap'])).code).toBe(2);
  const without = { AWS_EC2_METADATA_DISABLED: 'true' };
  const args = ['bootstrap', '--function', 'x'];
  expect(await latchkey(args, { env: without })).toMatchObject({
    code: 2,
    prose: expect.stringContaining('--region'),
  });
  const { code, prose } = await latchkey([...args, '--region', 'us-east-1'], { env: without });
  expect({ code, prose }).toMatchObject({ code: 3, prose: expect.stringContaining('AWS_PROFILE') });
});
