import type { Stack } from '#local/stack/running-stack.ts';
import { password, tokenOf } from '../harness/credentials.ts';
import { eventOf, meteredFunction } from '../harness/functions.ts';
import { Metered, type Lot } from '../harness/metered.ts';
import { createInvites, registerMany } from '../harness/people.ts';
import { signInAdmin } from '../harness/stack.ts';

export const atOnce = 16;
const callsPerRound = 160;
/** Lower, because each accept uses up an invite. */
const acceptsPerRound = 32;

/** Both sides hash passwords with the lowest bcrypt cost: the hash is not part of the comparison. */
export const hashCost = 4;

export const tasks = {
  session: 'session check',
  signIn: 'sign-in, hash of cost 4 included',
  check: 'invite check',
  accept: 'invite accept, with the sign-up',
} as const;

/** One side of the comparison: a lot of calls of each kind, and how to stop it. */
export interface Side extends Record<keyof typeof tasks, () => Promise<Lot>> {
  stop(): void;
}

const many = (input: string): string[] => Array<string>(callsPerRound).fill(input);

/** Our functions, each in its own process. The gateway and the store run elsewhere. */
export async function openOurs(stack: Stack, assembly: string, rounds: number): Promise<Side> {
  const admin = await signInAdmin(stack);
  const [person] = await registerMany(stack, 1, admin);
  const count = rounds * acceptsPerRound;
  const invites = await createInvites(stack, admin, { count });
  const tokens = invites.map(tokenOf);
  const start = (id: string) => meteredFunction(stack, assembly, id).metered;
  const functions = {
    session: start('me-read'),
    signIn: start('session-create'),
    check: start('invite-verify'),
    accept: start('registration-create'),
  };
  const run = async (kind: keyof typeof functions, events: string[]): Promise<Lot> => {
    const lot = await functions[kind].run(events, atOnce);
    if (!/^\{"statusCode":20[01]/.test(lot.last)) throw new Error(`${kind} was answered ${lot.last}`);
    return lot;
  };
  const signIn = { login: person!.login, password, transport: 'token' };
  const accepting = tokens.map((token, number) => {
    const email = `newcomer${number}@example.com`;
    const username = `newcomer${String(number).padStart(4, '0')}`;
    return eventOf('registration-create', { body: { email, username, password, token, transport: 'token' } });
  });
  const [open] = await createInvites(stack, admin, {});
  const token = tokenOf(open!);
  return {
    session: () => run('session', many(eventOf('me-read', { token: person!.session.token }))),
    signIn: () => run('signIn', many(eventOf('session-create', { body: signIn }))),
    check: () => run('check', many(eventOf('invite-verify', { body: { token } }))),
    accept: () => run('accept', accepting.splice(0, acceptsPerRound)),
    stop() {
      for (const process of Object.values(functions)) process.stop();
    },
  };
}

interface Prepared {
  cookie: string;
  email: string;
  first: string;
  guests: object[];
}

/** Better Auth in its own process, run by its program `file`, on PostgreSQL or on SQLite in that process. */
export async function openPeer(file: string, address: string | undefined, rounds: number): Promise<Side> {
  const peer = new Metered({ kind: 'peer', file, hashCost, ...(address !== undefined && { address }) });
  const invites = rounds * acceptsPerRound;
  const { last } = await peer.run([JSON.stringify({ kind: 'prepare', invites })]);
  const { cookie, email, first, guests } = JSON.parse(last) as Prepared;
  const accepting = guests.map((guest) => JSON.stringify(guest));
  const run = (inputs: string[]) => peer.run(inputs, atOnce);
  return {
    session: () => run(many(JSON.stringify({ kind: 'session', cookie }))),
    signIn: () => run(many(JSON.stringify({ kind: 'signIn', email }))),
    check: () => run(many(JSON.stringify({ kind: 'check', cookie, id: first }))),
    accept: () => run(accepting.splice(0, acceptsPerRound)),
    stop: () => peer.stop(),
  };
}
