import { deployedStack, outputsOf } from './deployed-stacks.ts';

/** What the CDK needs in each region of an account before the first deployment: a bucket for code, and roles. */
const toolkit = 'CDKToolkit';
/** The lowest version whose roles can deploy what this aws-cdk-lib writes. */
const leastVersion = 6;

/** What is wrong with the bootstrap of a region, in a sentence; undefined if nothing is. */
export async function mistakeInBootstrap(region: string): Promise<string | undefined> {
  const stack = await deployedStack({ name: toolkit, region });
  if (!stack) return `The region ${region} is not prepared for CDK.`;
  const version = outputsOf(stack).find(({ key }) => key === 'BootstrapVersion')?.value;
  return version !== undefined && Number(version) < leastVersion
    ? `The region ${region} was prepared for CDK by an old version (${version}; ${leastVersion} is needed).`
    : undefined;
}
