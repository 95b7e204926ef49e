import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { CommandError, exit, Unreachable } from '../failures.ts';
import { noCredentials, noRegion } from '../server/no-aws.ts';

/** Clients of AWS with the operator's own credentials, found as the AWS CLI finds them. */
export interface Aws {
  region: string;
  cloudFormation: CloudFormationClient;
  dynamo: DynamoDBClient;
  documents: DynamoDBDocumentClient;
}

/**
 * Opens AWS's clients for the region, or else for the one that AWS's own settings name.
 * @throws CommandError `usage` if there is no region.
 */
export async function openAws(wantedRegion: string | undefined): Promise<Aws> {
  const options = wantedRegion === undefined ? {} : { region: wantedRegion };
  const dynamo = new DynamoDBClient({ ...options, maxAttempts: 10 });
  const region = await dynamo.config.region().catch((): never => {
    throw noRegion();
  });
  return {
    region,
    cloudFormation: new CloudFormationClient(options),
    dynamo,
    documents: DynamoDBDocumentClient.from(dynamo, { marshallOptions: { removeUndefinedValues: true } }),
  };
}

/** The name of the SDK's error; empty if `error` is not an Error. */
export const errorNameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Runs calls to AWS. A refusal by AWS becomes a message for the person at the terminal. */
export async function askAws<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof CommandError) throw error;
    const { name, message } = error;
    if (/Credential|Token|UnrecognizedClient|SSO/.test(name)) throw noCredentials(message);
    if ('$fault' in error) throw new CommandError(exit.refused, `AWS refuses (${name}): ${message}`);
    if ('code' in error || name === 'TimeoutError')
      throw new Unreachable('AWS', message || String('code' in error && error.code), 'lost');
    throw error;
  }
}
