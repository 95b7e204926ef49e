import { jobOutput, stackNameOf } from '#shared/deployment/stack-names.ts';
import { changesTo } from '../deploy/changes.ts';
import { regionsOf, type Deployment } from '../deploy/deployment.ts';
import { deployedStack, outputsOf, type Output } from '../deploy/deployed-stacks.ts';
import { recordsIn } from '../deploy/dns-records.ts';
import { bootstrapCommand } from '../deploy/next-steps.ts';
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
  /** Whether the service is deployed, so that it was looked at too. */
  isDeployed: boolean;
  findings: Finding[];
}

interface Means {
  resolve: Resolve;
  /** Whether an invite may be mailed to SES's simulator. */
  mails: boolean;
  wait?: () => Promise<unknown>;
}

/** Looks at all that a deployment needs, and at the deployment where there is one. */
export async function diagnose(deployment: Deployment, means: Means): Promise<Diagnosis> {
  const { settings, stacks, codeBytes } = deployment;
  const { region } = settings;
  const told = [...lookAtDoubts(deployment.doubts), ...lookAtSecrets(settings)];
  const { caller, findings } = await lookAtCredentials(region);
  if (!caller) return { isDeployed: false, findings: [...findings, ...told] };
  const deployed = await outputsByStack(deployment);
  const needs = needsOf(stacks, region, codeBytes);
  const before = await Promise.all([
    lookAtBootstrap(regionsOf(deployment)),
    lookAtLambda(needs),
    lookAtKms(needs),
    lookAtMail({ ...settings, isDeployed: deployed.has(stackNameOf(settings, 'mail')) }),
    lookAtDns(recordsIn([...deployed.values()].flat()), means.resolve),
    lookAtKeptSecret(settings),
    lookAtUnwanted(deployment),
    lookedAt('changes', async () => lookAtChanges(await changesTo(stacks))),
  ]);
  const service = deployed.get(stackNameOf(settings, 'service'));
  const isSenderBroken = before
    .flat()
    .some(({ check, level }) => check === 'mail.sender' && level === 'broken');
  const after = service ? await lookAfter(deployment, service, { ...means, isSenderBroken }) : [];
  return {
    isDeployed: service !== undefined,
    findings: [...findings, ...told, ...before.flat(), ...after],
  };
}

/** What the stacks that are deployed tell. */
async function outputsByStack({ stacks }: Deployment): Promise<Map<string, Output[]>> {
  const found = await Promise.all(
    stacks.map(async (stack) => {
      const one = await deployedStack(stack);
      return one ? ([stack.name, outputsOf(one)] as const) : undefined;
    }),
  );
  return new Map(found.filter((one) => one !== undefined));
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
