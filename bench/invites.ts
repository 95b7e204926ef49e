import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import type { Stack } from '#local/stack/running-stack.ts';
import { inviteMessage, parseInviteToken } from '#shared/invites/invite-token.ts';
import { tokenOf } from './harness/credentials.ts';
import { report, timed, type Figure } from './harness/measure.ts';
import { takeTurns, timedLot } from './harness/metered.ts';
import { createInvites } from './harness/people.ts';
import { post, signInAdmin, withStacks } from './harness/stack.ts';

const few = 100;
const many = 10_000;
const warmUp = 40;
const rounds = 400;

/** The number of invites requested one at a time, and the most in one request. */
const single = 100;
const chunk = 1_000;

/** Fills a stack with open invites. @returns the token of one of them, and the session of an admin. */
async function fill(stack: Stack, total: number): Promise<{ token: string; admin: string }> {
  const admin = await signInAdmin(stack);
  let token = '';
  for (let made = 0; made < total; made += chunk) {
    const count = Math.min(chunk, total - made);
    const invites = await createInvites(stack, admin, { count });
    token = tokenOf(invites[Math.floor(count / 2)]!);
  }
  return { token, admin };
}

/** The two AWS calls that the check of a link needs, made by the same SDK through the same gateway. */
function bareCalls({ aws, calls }: Stack, token: string) {
  const client = {
    endpoint: aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'InviteVerifyFunction', secretAccessKey: 'local' },
  };
  const [store, keys] = [new DynamoDBClient(client), new KMSClient(client)];
  const keyId = calls()
    .find(({ service }) => service === 'kms')!
    .resources[0]!.replace('key/', '');
  const parts = parseInviteToken(token)!;
  const Message = Buffer.from(inviteMessage({ id: parts.id, generation: 0 }, 'shown'));
  const Key = { pk: { S: `invite#${parts.id}` }, sk: { S: 'record' } };
  return {
    read: () => store.send(new GetItemCommand({ TableName: 'invites', Key, ConsistentRead: true })),
    mac: () =>
      keys.send(
        new VerifyMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message, Mac: parts.mac }),
      ),
  };
}

/** How the check and the creation of invites scale, against the AWS calls that they need. */
export async function benchInvites(): Promise<Figure[]> {
  return withStacks(2, { rates: 'off', bcryptCost: 4, mailFrom: null }, async ([small, large]) => {
    const [atFew, atMany] = [await fill(small!, few), await fill(large!, many)];
    const { read, mac } = bareCalls(small!, atFew.token);
    const taken = await takeTurns(
      {
        read: () => timedLot(read),
        mac: () => timedLot(mac),
        few: () => timedLot(() => post(small!, '/v1/invites/verify', { token: atFew.token })),
        many: () => timedLot(() => post(large!, '/v1/invites/verify', { token: atMany.token })),
      },
      rounds,
      warmUp,
    );
    const creation = await timed(async () => {
      for (let made = 0; made < single; made += 1) await createInvites(large!, atMany.admin, { count: 1 });
    });
    const bulk = await timed(() => createInvites(large!, atMany.admin, { count: chunk }));
    const floor = taken.read.elapsed + taken.mac.elapsed;
    return report([
      { what: 'one bare DynamoDB read', value: taken.read.elapsed, unit: 'ms' },
      { what: 'one bare KMS call', value: taken.mac.elapsed, unit: 'ms' },
      {
        what: `invite-verify with ${few} invites, to the bare calls`,
        value: taken.few.elapsed / floor,
        unit: '×',
      },
      {
        what: `invite-verify with ${many} invites, to the bare calls`,
        value: taken.many.elapsed / floor,
        unit: '×',
      },
      {
        what: `invite-verify with ${many} invites, to ${few}`,
        value: taken.many.elapsed / taken.few.elapsed,
        unit: '×',
        bound: { at: 'most', value: 1.2 },
      },
      {
        what: 'invites created through the API, one a request',
        value: (single * 1_000) / creation,
        unit: '/s',
        bound: { at: 'least', value: 10 },
      },
      {
        what: `invites created through the API, ${chunk} a request`,
        value: (chunk * 1_000) / bulk,
        unit: '/s',
      },
    ]);
  });
}
