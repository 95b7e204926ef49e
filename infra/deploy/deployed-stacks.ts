import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';

export interface StackName {
  name: string;
  region: string;
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

/** A stack that exists, in any status; undefined if there is none, or only one whose first change set was never executed. */
export async function presentStack({ name, region }: StackName): Promise<Stack | undefined> {
  try {
    const client = new CloudFormationClient({ region });
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return stack?.StackStatus === 'REVIEW_IN_PROGRESS' ? undefined : stack;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Statuses of a stack whose first deployment failed: the CDK deletes that stack and creates it anew. */
const failedAtFirst: ReadonlySet<string | undefined> = new Set(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']);

/** A deployed stack; undefined if there is none, or only the remains of a failed first deployment. */
export async function deployedStack(stackName: StackName): Promise<Stack | undefined> {
  const stack = await presentStack(stackName);
  return failedAtFirst.has(stack?.StackStatus) ? undefined : stack;
}

type Template = { Resources?: Record<string, { DeletionPolicy?: string }> } & Record<string, unknown>;

/** The template that a stack was deployed with. */
export async function deployedTemplate({ name, region }: StackName): Promise<Template> {
  const client = new CloudFormationClient({ region });
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
  );
  return JSON.parse(TemplateBody) as Template;
}

export interface Output {
  key: string;
  value: string;
  description: string;
}

export const outputsOf = ({ Outputs = [] }: Pick<Stack, 'Outputs'>): Output[] =>
  Outputs.map(({ OutputKey: key = '', OutputValue: value = '', Description: description = '' }) => ({
    key,
    value,
    description,
  }));
