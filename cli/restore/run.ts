import type { RestoredTable } from '#shared/deployment/restored-tables.ts';
import { CommandError } from '../failures.ts';
import { interruption } from '../terminal/interruption.ts';
import type { Output } from '../terminal/output.ts';
import { askAws, type Aws } from './aws.ts';
import { carry } from './carry.ts';
import { untilClosed } from './closed.ts';
import { freeze } from './freeze.ts';
import { tagAs, tagComplete } from './lineage.ts';
import type { Plan } from './plan.ts';
import type { Rule } from './rule.ts';
import { configure, openAs, restore, untilActive } from './table.ts';

/** After so many rounds, late writes no longer explain rows that still differ. */
const rounds = 5;

const again = 'Run the same command again: it goes on where it stopped.';

/** Restores a table and applies the rule to it. Each step finds out whether it was done before. */
export async function runRestore(
  aws: Aws,
  plan: Plan,
  { rule, out }: { rule: Rule; out: Output },
): Promise<{ restored: RestoredTable; told: readonly string[] }> {
  const signal = interruption(out, () => [again]);
  try {
    return await askAws(() => steps(aws, plan, { rule, out, signal }));
  } catch (error) {
    const ending: unknown = signal.aborted ? signal.reason : error;
    if (ending instanceof CommandError) ending.lines = [...ending.lines, again];
    throw ending;
  }
}

async function steps(
  aws: Aws,
  plan: Plan,
  { rule, out, signal }: { rule: Rule; out: Output; signal: AbortSignal },
): Promise<{ restored: RestoredTable; told: readonly string[] }> {
  const { present, source, target, at } = plan;
  if (source !== undefined) await restore(aws, source, target, at);
  out.say(`Restoring to ${target}. This takes minutes, or with much data hours.`);
  const table = await untilActive(aws, target, signal);
  await configure(aws, target, signal);
  await tagAs(aws, present, table);
  signal.throwIfAborted();
  await freeze(aws, present);
  await untilClosed(aws, present, signal);
  out.say('The present table takes no more writes. Carrying over what must not go back.');
  const told = await carryAll(aws, plan, { rule, out, signal });
  await tagComplete(aws, table);
  // Only now, so that the stream does not report carried-over rows as new.
  const { LatestStreamArn: streamArn, StreamSpecification } = await openAs(aws, present, target, signal);
  return {
    restored: { name: target, ...(StreamSpecification?.StreamEnabled && streamArn && { streamArn }) },
    told,
  };
}

/** Carries over until nothing differs: writes that were under way when the table was closed may arrive late. */
async function carryAll(
  aws: Aws,
  { deployment, table, target, at }: Plan,
  { rule, out, signal }: { rule: Rule; out: Output; signal: AbortSignal },
): Promise<readonly string[]> {
  const carrying = { aws, deployment, table, target, rule, at, now: new Date(), out, signal };
  const { told } = await carry(carrying, { write: true });
  for (let round = 0; round < rounds; round += 1)
    if ((await carry(carrying, { write: true })).writes === 0) return told;
  throw new Error(`rows of ${target} still differ after ${rounds} rounds`);
}
