import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import type { Deployment } from '../deploy/deployment.ts';
import { troubleInKeptSecret, usesKeptSecret } from '../deploy/kept-secret.ts';
import { deletionOf, notSeen, unwantedStacks } from '../deploy/unwanted-stacks.ts';
import { fine, lookedAt, remedyOfRefusal, trouble, type Finding } from './finding.ts';

/** Whether CloudFront will be able to authenticate itself with the stored secret. */
export async function lookAtKeptSecret(settings: DeploymentSettings): Promise<Finding[]> {
  if (!usesKeptSecret(settings)) return [];
  return lookedAt('proxy secret', async () => {
    const found = await troubleInKeptSecret(settings);
    return [
      found
        ? trouble('proxy secret', 'broken', found.found, found.remedy)
        : fine('proxy secret', 'CloudFront’s secret is the one whose hash the settings have.'),
    ];
  });
}

/** Stacks of an earlier deployment that no later one updates: they go on as they were, and cost money. */
export const lookAtUnwanted = (deployment: Deployment): Promise<Finding[]> =>
  lookedAt('stacks', async () => {
    const { unwanted, unseen } = await unwantedStacks(deployment);
    return [
      ...unseen.map((stack) => trouble('stacks', 'unknown', notSeen(stack), remedyOfRefusal)),
      ...unwanted.map((stack) =>
        trouble(
          'stacks',
          'warning',
          `${stack.name} is deployed, and the settings ask for it no more: it goes on as it was, and costs.`,
          deletionOf(stack, deployment.settings),
        ),
      ),
    ];
  });
