import type { TableName } from '#shared/deployment/tables.ts';
import { CommandError, exit } from '../failures.ts';
import type { Result } from '../result.ts';
import { confirm } from '../terminal/confirm.ts';
import type { Output } from '../terminal/output.ts';
import { askAws, openAws } from './aws.ts';
import { cancelled, previewed, restored } from './outcomes.ts';
import { planRestore, wordsOf } from './plan.ts';
import { rules } from './rules.ts';

interface Wish {
  table: TableName;
  at: Date;
  stage: string | undefined;
  region: string | undefined;
  plan: boolean;
  yes: boolean;
  cancel: boolean;
}

/** Runs the command `restore` with these options. */
export async function restoreTable(wish: Wish, out: Output): Promise<Result> {
  const rule = rules[wish.table];
  if (typeof rule === 'string')
    throw new CommandError(exit.refused, `${wish.table} is not restored.`, [rule]);
  const aws = await openAws(wish.region);
  const plan = await askAws(() => planRestore(aws, wish));
  if (wish.cancel) return await askAws(() => cancelled(aws, plan));
  out.say(...wordsOf(plan));
  if (wish.plan) return await askAws(() => previewed(aws, plan, rule, out));
  if (!wish.yes) await confirm('Restore?');
  return await askAws(() => restored(aws, plan, rule, out));
}
