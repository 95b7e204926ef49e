import { deployedStack, outputsOf, type Output, type StackName } from '../deploy/deployed-stacks.ts';
import { lookedAt, type Finding } from './finding.ts';

interface DeployedOutputs {
  /** The outputs of the deployed stacks, by stack name. */
  outputs: ReadonlyMap<string, readonly Output[]>;
  /** Names of the stacks that could not be looked at, so that it is unknown whether they are deployed. */
  unseen: ReadonlySet<string>;
  findings: Finding[];
}

/** Looks at each stack by itself, so that a stack that may not be read (as in a closed region) hides no other. */
export async function readOutputs(stacks: readonly StackName[]): Promise<DeployedOutputs> {
  const outputs = new Map<string, readonly Output[]>();
  const unseen = new Set(stacks.map(({ name }) => name));
  const looks = stacks.map((stack) =>
    lookedAt(
      'stacks',
      async () => {
        const deployed = await deployedStack(stack);
        if (deployed) outputs.set(stack.name, outputsOf(deployed));
        unseen.delete(stack.name);
        return [];
      },
      `Whether ${stack.name} is deployed, in ${stack.region},`,
    ),
  );
  return { findings: (await Promise.all(looks)).flat(), outputs, unseen };
}
