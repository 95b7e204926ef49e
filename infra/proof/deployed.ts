import {
  CloudFormationClient,
  paginateDescribeStacks,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { account, type Moto } from './moto.ts';

/** Physical ids of a stack's resources, by type and logical id. */
export type Deployed = ReadonlyMap<string, string>;

/** Reads what CloudFormation reports of its stacks. */
export class Account {
  readonly #client: CloudFormationClient;

  constructor({ url }: Moto) {
    const credentials = { accessKeyId: 'proof', secretAccessKey: 'proof', accountId: account };
    this.#client = new CloudFormationClient({ endpoint: url, region: 'us-east-1', credentials });
  }

  /** Each stack's status, by its name. */
  async statuses(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: this.#client }, {}))
      for (const { StackName = '', StackStatus = '' } of Stacks) found.set(StackName, StackStatus);
    return found;
  }

  async resources(stackName: string): Promise<Deployed> {
    const found = new Map<string, string>();
    const pages = paginateListStackResources({ client: this.#client }, { StackName: stackName });
    for await (const { StackResourceSummaries = [] } of pages)
      for (const { ResourceType, LogicalResourceId, PhysicalResourceId = '' } of StackResourceSummaries)
        found.set(`${ResourceType} ${LogicalResourceId}`, PhysicalResourceId);
    return found;
  }
}
