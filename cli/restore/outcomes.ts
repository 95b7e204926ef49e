import { CommandError, exit } from '../failures.ts';
import type { Result } from '../result.ts';
import type { Output } from '../terminal/output.ts';
import type { Aws } from './aws.ts';
import { carry } from './carry.ts';
import { thaw } from './freeze.ts';
import { beforeOf } from './lineage.ts';
import type { Plan } from './plan.ts';
import type { Rule } from './rule.ts';
import { runRestore } from './run.ts';
import { describe } from './table.ts';

const isInUse = ({ deployment, table, target }: Plan): boolean => deployment.inUse[table] === target;

function refuseDeployed(plan: Plan): void {
  if (isInUse(plan))
    throw new CommandError(exit.refused, `The service uses ${plan.target} already.`, [
      'To go back to the table before it (its tag latchkey:restored-from), name that one in the setting restoredTables,',
      'or where the stack made that one, take the entry out; then deploy.',
    ]);
}

/** Refuses a target that was made when another table was in use: the target may have been in use since, with rows of its own. */
async function refuseMadeOfAnother(aws: Aws, { present, target }: Plan): Promise<void> {
  const made = await describe(aws, target);
  // A table that is still being made was never in use, and may have no tags to read.
  const before = made?.TableStatus === 'ACTIVE' ? await beforeOf(aws, made) : undefined;
  if (before !== undefined && before !== present.TableName)
    throw new CommandError(exit.refused, `${target} was made when ${before} was in use.`, [
      'Take a second that is one earlier or later: it becomes a table of its own.',
    ]);
}

/** Gives up a restore that is not deployed. */
export async function cancelled(aws: Aws, plan: Plan): Promise<Result> {
  refuseDeployed(plan);
  const wasClosed = await thaw(aws, plan.present);
  const isMade = (await describe(aws, plan.target)) !== undefined;
  return {
    json: { table: plan.table, cancelled: wasClosed, left: isMade ? plan.target : null },
    rows: [],
    said: [
      wasClosed
        ? `${plan.present.TableName ?? ''} takes writes again.`
        : `${plan.present.TableName ?? ''} was not closed.`,
      ...(isMade ? [`${plan.target} is left: delete it in the console of DynamoDB if nobody wants it.`] : []),
    ],
  };
}

/** What would be carried over. That is known only once the restored table exists. */
export async function previewed(aws: Aws, plan: Plan, rule: Rule, out: Output): Promise<Result> {
  refuseDeployed(plan);
  const { table, at, target, source, deployment } = plan;
  const json = { table, at: at.toISOString(), source: source ?? null, target };
  if ((await describe(aws, target))?.TableStatus !== 'ACTIVE')
    return {
      json: { ...json, told: [] },
      rows: [],
      said: ['Nothing was done. How many rows it is about is seen once the new table is there.'],
    };
  const { signal } = new AbortController();
  const { told } = await carry(
    { aws, deployment, table, target, rule, at, now: new Date(), out, signal },
    { write: false },
  );
  return { json: { ...json, told }, rows: [], said: [...told, 'Nothing was done.'] };
}

/** Restores the table. Standard output gets the setting that uses it. What to do with the setting goes to standard error. */
export async function restored(aws: Aws, plan: Plan, rule: Rule, out: Output): Promise<Result> {
  refuseDeployed(plan);
  await refuseMadeOfAnother(aws, plan);
  const { restored: made, told } = await runRestore(aws, plan, { rule, out });
  const restoredTables = { ...plan.deployment.restored, [plan.table]: made };
  const json = { restoredTables, told };
  const { stage } = plan;
  const [file, forStage] = stage ? [`latchkey.${stage}.json`, ` -- --stage ${stage}`] : ['latchkey.json', ''];
  return {
    json,
    rows: [],
    text: `${JSON.stringify({ restoredTables }, null, 2)}\n`,
    said: [
      ...told,
      `Put the setting into ${file}, beside tables that stand there already, and deploy: npm run deploy${forStage}. The address stays.`,
      'Until then people cannot change anything that lies in this table. To give it up instead: --cancel',
    ],
    done: [`The table ${made.name} is made. Run it again to see the setting.`],
  };
}
