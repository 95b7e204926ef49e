import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Stack } from '#local/stack/running-stack.ts';
import type { useQuotas } from '#shared/quotas/use-quotas.ts';
import type { Reservation } from '#shared/quotas/end-call.ts';
import type { LimitReached } from '#shared/quotas/reserve-call.ts';
import { insiderEnvironment } from '../stack/insider.ts';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Quota } from '#shared/quotas/quota.ts';

type Port = ReturnType<typeof useQuotas.make>;

/** A call that the process is asked to make. */
export interface QuotaCall {
  n: number;
  name: keyof Port;
  args: unknown[];
}

interface QuotaAnswer {
  n: number;
  value?: unknown;
  failure?: string;
}

/** The port by which the relay counts, in a separate process. A failure is thrown as an error with its code as message. */
export function openQuotas(stack: Stack): Port & { close(): void } {
  const child = fork(fileURLToPath(new URL('./quota-process.ts', import.meta.url)), {
    env: { ...insiderEnvironment(stack), NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] },
    execArgv: [],
  });
  const waiting = new Map<number, (answer: QuotaAnswer) => void>();
  child.on('message', (answer: QuotaAnswer) => {
    waiting.get(answer.n)?.(answer);
    waiting.delete(answer.n);
  });
  let count = 0;
  const call =
    <Name extends keyof Port>(name: Name) =>
    (...args: Parameters<Port[Name]>) =>
      new Promise<never>((resolve, reject) => {
        const n = (count += 1);
        waiting.set(n, ({ value, failure }) =>
          failure === undefined ? resolve(value as never) : reject(new Error(failure)),
        );
        child.send({ n, name, args } satisfies QuotaCall);
      });
  return {
    reserve: call('reserve'),
    refund: call('refund'),
    settle: call('settle'),
    close: () => void child.kill(),
  };
}

/** The rows of all users, by id. */
export async function quotaRows(stack: Stack): Promise<Map<string, Quota>> {
  const { quotas = [] } = await stack.dumpTables();
  const rows = quotas.map((row) => unmarshall(row as Parameters<typeof unmarshall>[0]) as Quota);
  return new Map(rows.map((row) => [row.userId, row]));
}

/** The row of a user; undefined if there is none. */
export const quotaRow = async (stack: Stack, userId: string): Promise<Quota | undefined> =>
  (await quotaRows(stack)).get(userId);

/** The outcome of several reservations: those let through, those refused, and the number that found the store down. */
export interface Tally {
  passed: Reservation[];
  refused: LimitReached[];
  failed: number;
}

/** Waits for reservations that were made at once. */
export async function tally(reservations: readonly ReturnType<Port['reserve']>[]): Promise<Tally> {
  const settled = await Promise.allSettled(reservations);
  const admissions = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return {
    passed: admissions.flatMap((one) => ('reservation' in one ? [one.reservation] : [])),
    refused: admissions.flatMap((one) => ('refusal' in one ? [one.refusal] : [])),
    failed: settled.length - admissions.length,
  };
}
