import { jobOutput, stackNameOf } from '#shared/deployment/stack-names.ts';
import { changesTo } from '../deploy/changes.ts';
import { regionsOf, type Deployment } from '../deploy/deployment.ts';
import type { Output } from '../deploy/deployed-stacks.ts';
import { recordsIn } from '../dns/records.ts';
import { bootstrapCommand } from '../deploy/next-steps.ts';
import { readOutputs } from './deployed-outputs.ts';
import { lookedAt, type Finding } from './finding.ts';
import { lookAtBootstrap, lookAtCredentials } from './look-at-account.ts';
import { lookAtAlarms } from './look-at-alarms.ts';
import { lookAtDns, type Resolve } from './look-at-dns.ts';
import { lookAtMail } from './look-at-mail.ts';
import { lookAtKms, lookAtLambda } from './look-at-quotas.ts';
import { lookAtService } from './look-at-service.ts';
import { lookAtChanges, lookAtDoubts, lookAtSecrets } from './look-at-settings.ts';
import { lookAtKeptSecret, lookAtUnwanted } from './look-at-edge.ts';
import { lookAtUse } from './look-at-use.ts';
import { needsOf } from './needs.ts';

export interface Diagnosis {
  /** Whether the service is deployed, and so was looked at too; undefined if that could not be seen. */
  isDeployed: boolean | undefined;
  findings: Finding[];
}

interface Means {
  resolve: Resolve;
  /** Whether an invite may be mailed to SES's simulator. */
  mails: boolean;
  wait?: () => Promise<unknown>;
}

/** Looks at everything that a deployment needs, and at the deployment itself if there is one. */
export async function diagnose(deployment: Deployment, means: Means): Promise<Diagnosis> {
  const { settings, stacks, codeBytes } = deployment;
  const { region } = settings;
  const told = [...lookAtDoubts(deployment.doubts), ...lookAtSecrets(settings)];
  const { caller, findings } = await lookAtCredentials(region);
  if (!caller) return { isDeployed: undefined, findings: [...findings, ...told] };
  const { outputs, unseen, findings: ofStacks } = await readOutputs(stacks);
  const isDeployed = (name: string) => (unseen.has(name) ? undefined : outputs.has(name));
  const needs = needsOf(stacks, region, codeBytes);
  const before = await Promise.all([
    lookAtBootstrap(regionsOf(deployment)),
    lookAtLambda(needs),
    lookAtKms(needs),
    lookAtMail({ ...settings, isDeployed: isDeployed(stackNameOf(settings, 'mail')) }),
    lookAtDns(recordsIn(stacks.flatMap(({ name }) => outputs.get(name) ?? [])), means.resolve),
    lookAtKeptSecret(settings),
    lookAtUnwanted(deployment),
    lookedAt('changes', async () =>
      lookAtChanges(await changesTo(stacks.filter(({ name }) => !unseen.has(name))), unseen),
    ),
  ]);
  const serviceStack = stackNameOf(settings, 'service');
  const service = outputs.get(serviceStack);
  const isSenderBroken = before
    .flat()
    .some(({ check, level }) => check === 'mail.sender' && level === 'broken');
  const after = service ? await lookAfter(deployment, service, { ...means, isSenderBroken }) : [];
  return {
    isDeployed: isDeployed(serviceStack),
    findings: [...findings, ...told, ...ofStacks, ...before.flat(), ...after],
  };
}

async function lookAfter(
  { settings, stacks }: Deployment,
  outputs: readonly Output[],
  { mails, isSenderBroken, wait }: Means & { isSenderBroken: boolean },
): Promise<Finding[]> {
  const valueOf = (key: string): string => outputs.find((output) => output.key === key)?.value ?? '';
  const probe = {
    region: settings.region,
    functionName: valueOf(jobOutput('deployment-probe')),
    mails: mails && settings.mailFrom !== null,
    isSenderBroken,
    bootstrapCommand: bootstrapCommand(outputs, settings.region),
    ...(wait && { wait }),
  };
  const all = [lookAtService(valueOf('Address')), lookAtUse(probe), lookAtAlarms(stacks)];
  return (await Promise.all(all)).flat();
}
