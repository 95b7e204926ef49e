import type { Settings } from '#shared/deployment/settings.ts';
import type { Deployment } from '../deploy/deployment.ts';
import { troubleInKeptSecret, usesKeptSecret } from '../deploy/kept-secret.ts';
import { deletionOf, notSeen, unwantedStacks } from '../deploy/unwanted-stacks.ts';
import { fine, lookedAt, remedyOfRefusal, trouble, type Finding } from './finding.ts';

/** Whether CloudFront is going to prove itself by the secret that is kept for it. */
export async function lookAtKeptSecret(settings: Settings): Promise<Finding[]> {
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

/** What an earlier deployment has made and no later one keeps up: it costs, and goes on as it was. */
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
