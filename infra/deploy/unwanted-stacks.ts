import {
  DeleteStackCommand,
  CloudFormationClient,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { edgeRegion } from '../edge/limits.ts';
import { edgeStackNameOf } from '../stacks/stack-names.ts';
import { Mistakes } from '../mistakes.ts';
import { troubleOf } from './account.ts';
import { presentStack, type StackName } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';

/** CloudFront takes the longest: it first removes the distribution from each edge location. */
const mostWaitSeconds = 3600;

/** Optional stacks, in the order in which they are deleted: the domain's records lead to CloudFront, so they go first. */
function optionalStacks({ settings }: Deployment): StackName[] {
  const { region } = settings;
  return [
    { name: stackNameOf(settings, 'domain'), region },
    { name: edgeStackNameOf(settings), region: edgeRegion },
    { name: stackNameOf(settings, 'monitoring'), region },
    { name: stackNameOf(settings, 'mail'), region },
  ];
}

/** A stack that could not be looked at, with the name of the error. */
export interface Unseen extends StackName {
  error: string;
}

export interface Unwanted {
  unwanted: readonly StackName[];
  unseen: readonly Unseen[];
}

/**
 * Stacks of this deployment that exist although its settings no longer ask for them. A deployment never deletes one. An operator
 * without CloudFront may have no rights in its region: the stack there is then reported as unseen, and the command goes on.
 */
export async function unwantedStacks(deployment: Deployment): Promise<Unwanted> {
  const wanted = new Set(deployment.stacks.map(({ name }) => name));
  const others = optionalStacks(deployment).filter(({ name }) => !wanted.has(name));
  const unseen: Unseen[] = [];
  const found = await Promise.all(
    others.map((stack) =>
      presentStack(stack).catch((error: unknown) => {
        if (troubleOf(error) !== 'refused') throw error;
        unseen.push({ ...stack, error: (error as Error).name });
      }),
    ),
  );
  return { unwanted: others.filter((_, index) => found[index] !== undefined), unseen };
}

/** Says in a sentence that a stack could not be looked at. */
export const notSeen = ({ name, region, error }: Unseen): string =>
  `Whether ${name} is there, in ${region}, could not be looked at: ${error}.`;

/** How the operator deletes a stack that the settings no longer ask for, and from when on that is safe, in a sentence. */
export function deletionOf({ name, region }: StackName, settings: DeploymentSettings): string {
  const command = `aws cloudformation delete-stack --stack-name ${name} --region ${region}`;
  const moved = movedNames(name, settings);
  return moved === undefined ? `Delete it: ${command}` : `${moved}, delete it: ${command}`;
}

/** If the operator moves names between the API and CloudFront at a DNS provider, their old target must stay until then. */
function movedNames(stack: string, settings: DeploymentSettings): string | undefined {
  const { domain, formerDomains } = settings;
  const names = [...(domain ? [domain] : []), ...formerDomains].filter(
    ({ hostedZoneId }) => hostedZoneId === null,
  );
  const to = new Map([
    [stackNameOf(settings, 'domain'), `CloudFront (output of ${edgeStackNameOf(settings)})`],
    [edgeStackNameOf(settings), `the API (output of ${stackNameOf(settings, 'domain')})`],
  ]).get(stack);
  if (names.length === 0 || to === undefined) return undefined;
  return `Once the record of ${names.map(({ name }) => name).join(' and ')} has led to ${to} for as long as its TTL`;
}

/** Deletes a stack, and waits until it is gone. @throws Mistakes if the deletion fails or takes too long. */
export async function deleteStack({ name, region }: StackName): Promise<void> {
  const client = new CloudFormationClient({ region });
  await client.send(new DeleteStackCommand({ StackName: name }));
  try {
    await waitUntilStackDeleteComplete({ client, maxWaitTime: mostWaitSeconds }, { StackName: name });
  } catch {
    throw new Mistakes([
      `${name} is not known to be gone. Its events say why: aws cloudformation describe-stack-events --stack-name ${name} --region ${region}`,
      'Nothing else has been deleted after it. Run this again.',
    ]);
  }
}
