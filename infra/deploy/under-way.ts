import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { edgeStackNameOf } from '../stacks/stack-names.ts';
import { Mistakes } from '../mistakes.ts';
import { presentStack } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';

/**
 * Refuses while CloudFormation still works on one of the stacks. The CDK skips a stack with an unchanged template: it would report an
 * unfinished stack as deployed, and readers of its outputs would find none.
 * @throws Mistakes with the unfinished stacks, and what they may wait for.
 */
export async function refuseUnderWay({
  settings,
  stacks,
}: Pick<Deployment, 'settings' | 'stacks'>): Promise<void> {
  const present = await Promise.all(stacks.map(presentStack));
  const busy = stacks.flatMap(({ name, region }, at) => {
    const { StackStatus: status = '' } = present[at] ?? {};
    return status.endsWith('_IN_PROGRESS') ? [{ name, region, status }] : [];
  });
  if (busy.length === 0) return;
  const fronts = new Set([edgeStackNameOf(settings), stackNameOf(settings, 'domain')]);
  const mayWait = busy.some(({ name }) => fronts.has(name));
  throw new Mistakes([
    ...busy.map(
      ({ name, region, status }) => `CloudFormation still works on ${name} in ${region}: ${status}.`,
    ),
    ...(mayWait ? ['Its certificate may wait for its record: docs/domain.md, A name of your own.'] : []),
    'Nothing was done. Run this again once that is over; until then --only deploys other stacks that read nothing of it.',
  ]);
}
