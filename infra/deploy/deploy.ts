import { formatDifferences } from '@aws-cdk/cloudformation-diff';
import { stackNameOf, type StackKind } from '#shared/deployment/stack-names.ts';
import { Mistakes } from '../mistakes.ts';
import { edgeStackNameOf } from '../stacks/stack-names.ts';
import { callerIn, inWords } from './account.ts';
import { mistakeInBootstrap } from './bootstrapped.ts';
import { changesTo, lossesIn, reasonsToAsk, type Change } from './changes.ts';
import { regionsOf, type Deployment, type SynthesizedStack } from './deployment.ts';
import { troubleInKeptSecret, usesKeptSecret } from './kept-secret.ts';
import { WrongUse } from './wrong-use.ts';
import type { Machine } from './machine.ts';
import { nextSteps } from './next-steps.ts';
import { leftEdge } from './left-edge.ts';
import { leftTables } from './restored-tables.ts';
import { keptThrottles } from './kept-throttles.ts';
import { refuseUnderWay } from './under-way.ts';
import { deletionOf, notSeen, unwantedStacks } from './unwanted-stacks.ts';
import { withoutFunctionUrls } from './without-function-urls.ts';

interface Wanted {
  /** Agrees in advance to everything that would be asked. */
  yes?: boolean;
  /** One stack alone, by its kind or its name. */
  only?: string;
}

/** Deploys all stacks in their order, or one of them. The operator must agree first if a change needs it. */
export async function deploy(deployment: Deployment, { yes, only }: Wanted, machine: Machine): Promise<void> {
  const { settings } = deployment;
  const stacks = only === undefined ? deployment.stacks : [stackCalled(only, deployment)];
  await callerIn(settings.region);
  const missing = await Promise.all(regionsOf({ settings, stacks }).map(mistakeInBootstrap));
  if (missing.some(Boolean))
    throw new Mistakes([...missing.filter((one) => one !== undefined), 'Run: npm run bootstrap']);
  await refuseUnderWay({ settings, stacks });
  await refuseWrongSecret(deployment, machine);
  const changes = await changesTo(stacks);
  showChanges(changes, machine);
  refuseLosses(changes);
  const reasons = await reasonsFor(changes, { settings, stacks });
  // Also with `yes`: the log of a pipeline then says what to do first.
  for (const reason of reasons) machine.say(reason);
  if (reasons.length > 0 && !yes) await agree(machine);
  const names = stacks.map(({ name }) => name);
  const alone = only === undefined ? [] : ['--exclusively'];
  await machine.cdk(
    ['deploy', ...names, ...alone, '--app', deployment.assembly, ...unattended],
    settings.region,
  );
  await tellAfter(deployment, machine);
}

/** Tells the next steps. The deployment is done by now, so an AWS error, such as expired credentials, does not fail the command. */
async function tellAfter(deployment: Deployment, machine: Machine): Promise<void> {
  try {
    machine.print(await nextSteps(deployment));
    await tellUnwanted(deployment, machine);
  } catch (error) {
    const why = inWords(error);
    if (why === undefined) throw error;
    machine.say('It is deployed. What comes next could not be looked at; run this again to be told:');
    for (const sentence of why) machine.say(sentence);
  }
}

/** The operator has agreed already. */
const unattended = ['--require-approval', 'never', '--progress', 'events'];

function stackCalled(only: string, { settings, stacks }: Deployment): SynthesizedStack {
  const ofKind = only === 'edge' ? edgeStackNameOf(settings) : stackNameOf(settings, only as StackKind);
  const found = stacks.find(({ name }) => name === only || name === ofKind);
  if (found) return found;
  const names = stacks.map(({ name }) => name).join(', ');
  throw new WrongUse(`The settings ask for no stack ${only}. There are: ${names}.`);
}

/** Why the operator should agree first, including reasons that no template shows. */
const reasonsFor = async (
  changes: readonly Change[],
  deployment: Pick<Deployment, 'settings' | 'stacks'>,
): Promise<string[]> => [
  ...reasonsToAsk(changes),
  ...withoutFunctionUrls(changes, deployment.settings),
  ...(await leftTables(deployment)),
  ...(await leftEdge(deployment)),
  ...(await keptThrottles(changes, deployment)),
];

/** Shows what a deployment would change, and the reasons for which it would ask. */
export async function showDiff(deployment: Deployment, machine: Machine): Promise<void> {
  await callerIn(deployment.settings.region);
  const changes = await changesTo(deployment.stacks);
  showChanges(changes, machine);
  for (const reason of await reasonsFor(changes, deployment)) machine.print(reason);
  await tellUnwanted(deployment, machine);
  refuseLosses(changes);
}

/** Refuses a wrong secret. If the operator may not read it, the deployment goes on unchecked: CloudFormation, which needs it, may. */
async function refuseWrongSecret({ settings }: Deployment, { say }: Machine): Promise<void> {
  if (!usesKeptSecret(settings)) return;
  const trouble = await troubleInKeptSecret(settings).catch((error: Error) => {
    say(`Whether CloudFront's secret is right could not be looked at: ${error.name}.`);
  });
  if (trouble) throw new Mistakes([trouble.found, trouble.remedy]);
}

async function tellUnwanted(deployment: Deployment, { say }: Machine): Promise<void> {
  const { unwanted, unseen } = await unwantedStacks(deployment);
  for (const stack of unseen) say(notSeen(stack));
  for (const stack of unwanted)
    say(
      `${stack.name} is still there, and the settings ask for it no more. ${deletionOf(stack, deployment.settings)}`,
    );
}

function showChanges(changes: readonly Change[], { print, stream }: Machine): void {
  for (const { stack, isNew, diff, isVeiled } of changes) {
    if (isNew) print(`${stack}: new, ${Object.keys(diff.resources.changes).length} resources`);
    else if (diff.isEmpty)
      print(
        `${stack}: no change${isVeiled ? ', unless of letters beyond ASCII, which CloudFormation does not show' : ''}`,
      );
    else {
      print(`${stack}:`);
      formatDifferences(stream, diff);
    }
  }
}

function refuseLosses(changes: readonly Change[]): void {
  const losses = lossesIn(changes);
  if (losses.length === 0) return;
  throw new Mistakes([
    ...losses.map((one) => `${one} would be replaced by an empty one.`),
    'Nothing was done. Accounts, invites and keys would be lost: docs/disaster.md says how such a change is made.',
  ]);
}

async function agree({ ask, isInteractive }: Machine): Promise<void> {
  if (!isInteractive)
    throw new WrongUse('There is no terminal to ask at. Look at "npm run diff", and then add --yes.');
  if (!/^y(es)?$/i.test(await ask('Deploy this? [y/N] '))) throw new Mistakes(['Nothing was done.']);
}
