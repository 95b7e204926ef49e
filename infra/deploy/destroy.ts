import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { Mistakes } from '../mistakes.ts';
import { callerIn } from './account.ts';
import { deployedTemplate, presentStack, type StackName } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';
import { leftOutside } from './left-outside.ts';
import { WrongUse } from './wrong-use.ts';
import type { Machine } from './machine.ts';
import { deleteStack, notSeen, unwantedStacks } from './unwanted-stacks.ts';

/** What happens to a deployed stack: a protected stack stays whole, any other is deleted except for the resources that it retains. */
interface Fate {
  stack: StackName;
  stays: boolean;
  retained: readonly string[];
}

/** Deletes the stacks of a deployment, once the operator has typed its name. Protected stacks stay whole. */
export async function destroy(deployment: Deployment, yes: boolean, machine: Machine): Promise<void> {
  const { say } = machine;
  const { settings, stacks } = deployment;
  const { region, stage } = settings;
  const { account } = await callerIn(region);
  const { unwanted, unseen } = await unwantedStacks(deployment);
  for (const stack of unseen) say(notSeen(stack));
  const fates = await fatesOf([...unwanted, ...stacks]);
  const going = fates.filter(({ stays }) => !stays);
  const name = stage ?? 'latchkey';
  if (fates.length === 0)
    throw new Mistakes([`There is nothing of ${name} in ${region} of the account ${account}.`]);
  for (const { stack, stays, retained } of fates) {
    if (stays) say(`stays:   ${stack.name}, ${whyItStays(stack)}`);
    else say(`deletes: ${stack.name}`);
    if (!stays && retained.length > 0)
      say(`stays:   ${retained.join(', ')} of ${stack.name}, which nothing manages then`);
  }
  if (fates.some(({ stays }) => stays)) say(protectedHint);
  else await sayWhatIsLeft(settings, fates, machine);
  if (going.length === 0) return;
  if (!yes) await confirmName(name, machine);
  const isUnwanted = (stack: StackName): boolean => unwanted.includes(stack);
  for (const { stack } of going.filter(({ stack }) => isUnwanted(stack))) await deleteStack(stack);
  const names = going.filter(({ stack }) => !isUnwanted(stack)).map(({ stack }) => stack.name);
  if (names.length === 0) return;
  await machine.cdk(['destroy', ...names, '--exclusively', '--force', '--app', deployment.assembly], region);
}

async function sayWhatIsLeft(
  settings: DeploymentSettings,
  fates: readonly Fate[],
  { say }: Machine,
): Promise<void> {
  const left = await leftOutside(
    settings,
    fates.map(({ stack }) => stack),
  );
  for (const line of left.length > 0 ? ['stays, outside of the stacks, until you delete it:', ...left] : [])
    say(line);
}

const protectedHint =
  'What stays is taken up again by the next npm run deploy; without a domain at a new address, at which no earlier link leads anywhere. To delete it too, for good: set "protect": false, run npm run deploy, and then this again.';

/** If tables and keys stay, the mail stack stays too. SES would still know its sender, and the next deployment could not create it. */
async function fatesOf(stacks: readonly StackName[]): Promise<Fate[]> {
  const fates = (await Promise.all(stacks.map(fateOf))).filter((fate) => fate !== undefined);
  const isKept = fates.some(({ stays }) => stays);
  return fates.map((fate) => ({ ...fate, stays: fate.stays || (isKept && isMail(fate.stack)) }));
}

const isMail = ({ name }: StackName): boolean => name.endsWith('-mail');

const whyItStays = (stack: StackName): string =>
  isMail(stack)
    ? 'so that the next deployment finds the sender as it is'
    : 'which is protected: all of its tables and keys, and so all data';

async function fateOf(stack: StackName): Promise<Fate | undefined> {
  const present = await presentStack(stack);
  if (!present) return undefined;
  const { Resources = {} } = await deployedTemplate(stack);
  const retained = Object.entries(Resources).filter(([, { DeletionPolicy = '' }]) =>
    DeletionPolicy.startsWith('Retain'),
  );
  return {
    stack,
    stays: present.EnableTerminationProtection === true,
    retained: retained.map(([id]) => id),
  };
}

async function confirmName(name: string, { ask, isInteractive }: Machine): Promise<void> {
  if (!isInteractive) throw new WrongUse('There is no terminal to ask at. Where this is meant, add --yes.');
  if ((await ask(`To delete, type ${name}: `)) !== name) throw new Mistakes(['Nothing was done.']);
}
