import type { Stack } from '#local/stack/running-stack.ts';
import { password, tokenOf } from '../harness/credentials.ts';
import { eventOf, readFunction } from '../harness/functions.ts';
import { variable } from '#shared/deployment/config.ts';
import type { Figure } from '../harness/measure.ts';
import { Metered, ratio, takeTurns } from '../harness/metered.ts';
import { createInvites } from '../harness/people.ts';
import { recordCalls } from '../harness/record-calls.ts';
import { repeatable } from '../harness/repeatable.ts';

const warmUp = 6;
const rounds = 11;
const callsPerRound = 20;

/** The lowest possible cost, so that the rest of the work is visible. */
const hashCost = 4;

/** Events of guests who each redeem their own invite. */
async function guests(stack: Stack, admin: string, count: number): Promise<string[]> {
  const invites = await createInvites(stack, admin, { count });
  return invites.map((invite, number) => {
    const username = `newcomer${String(number).padStart(4, '0')}`;
    const email = `${username}@example.com`;
    const body = { email, username, password, token: tokenOf(invite), transport: 'token' };
    return eventOf('registration-create', { body });
  });
}

/**
 * CPU time of a registration against that of its AWS calls and of the hash of its password, which every design must make.
 * @param admin session of an administrator.
 */
export async function registrationFigures(stack: Stack, assembly: string, admin: string): Promise<Figure[]> {
  const events = await guests(stack, admin, 2 + (warmUp + rounds) * callsPerRound);
  const [first, second] = events.splice(0, 2) as [string, string];
  const { calls, answer } = await recordCalls(stack, assembly, 'registration-create', [first, second]);
  const { work, environment: deployed } = readFunction(stack, assembly, 'registration-create');
  const settings = { ...(JSON.parse(deployed[variable.settings]!) as object), bcryptCost: hashCost };
  const environment = { ...deployed, [variable.settings]: JSON.stringify(settings) };
  const created = (one: string) => {
    if (!one.startsWith('{"statusCode":201')) throw new Error(`registration-create answered ${one}`);
  };
  created(answer);
  const whole = new Metered(work, environment);
  const bare = new Metered({ kind: 'calls', before: calls.map(repeatable), hashCost }, environment);
  try {
    const taken = await takeTurns(
      {
        whole: async () => {
          const lot = await whole.run(events.splice(0, callsPerRound));
          lot.answers.forEach(created);
          return lot;
        },
        bare: () => bare.run(Array<string>(callsPerRound).fill('')),
      },
      rounds,
      warmUp,
    );
    return [
      {
        what: `CPU of the ${calls.length} AWS calls of a registration and a bcrypt hash, cost ${hashCost}, bare`,
        value: taken.bare.cpu,
        unit: 'ms',
      },
      { what: 'CPU of registration-create, to that', value: ratio(taken.whole, taken.bare), unit: '×' },
    ];
  } finally {
    whole.stop();
    bare.stop();
  }
}
