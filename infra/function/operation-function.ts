import { ArnFormat, CfnDeletionPolicy, type Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import { operationTag, variable } from '#shared/deployment/config.ts';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { routedName } from '../api/api-role.ts';
import { grantsOf, hashes, statementsOf, variablesOf, type Resources } from './grants.ts';
import { isOperation, isStream, type Entry } from '../entry.ts';
import { settingsFor } from '../bundle/settings-read.ts';
import { allowWildcard, createRole, type Statement } from './policy.ts';

/** What all functions of a deployment are made with. */
export interface Deployment {
  settings: DeploymentSettings;
  resources: Resources;
  /** The address of pages and API. */
  origin: string;
  /** Folder of an operation's bundle. */
  codeOf(id: string): string;
}

/**
 * An HTTP API waits 30 s. An operation with a slow store ends before that, and can still answer 503 itself. A stream may
 * take as long as Lambda allows.
 */
const timeoutSeconds = { usual: 29, stream: 900 };

/** Lambda gives a full vCPU at 1,769 MiB, which a password hash needs. */
const memoryMib = { usual: 512, hashing: 1769 };

/** The function of one operation or job: its own code, log group, and role that can do what it declares. */
export function createFunction(
  stack: Stack,
  entry: Entry,
  { settings, resources, origin, codeOf }: Deployment,
  more: readonly Statement[] = [],
): CfnFunction {
  const { id, declaration } = entry;
  const name = logicalIdOf(id);
  const grants = grantsOf(declaration);
  const logGroup = createLogGroup(stack, `${name}Logs`, settings);
  const role = createRole(stack, `${name}Role`, 'lambda.amazonaws.com', [
    ...statementsOf(grants, resources),
    ...more,
    writeLogs(stack, logGroup),
  ]);
  const { s3BucketName, s3ObjectKey } = new Asset(stack, `${name}Code`, { path: codeOf(id) });
  return new CfnFunction(stack, `${name}Function`, {
    ...(isOperation(entry) && { functionName: routedName(stack, id) }),
    description: declaration.summary,
    architectures: ['arm64'],
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code: { s3Bucket: s3BucketName, s3Key: s3ObjectKey },
    role: role.attrArn,
    timeout: declaration.kind === 'stream' ? timeoutSeconds.stream : timeoutSeconds.usual,
    memorySize: hashes(declaration) ? memoryMib.hashing : memoryMib.usual,
    ...(isStream(entry) &&
      settings.relayConcurrency !== null && { reservedConcurrentExecutions: settings.relayConcurrency }),
    loggingConfig: { logGroup: logGroup.ref },
    environment: {
      variables: {
        [variable.origin]: origin,
        [variable.settings]: settingsFor(id, codeOf(id), settings),
        ...variablesOf(grants, resources),
      },
    },
    tags: [{ key: operationTag, value: id }],
  });
}

/** A log group that is deleted with its stack. Its lines are deleted after `logDays`. */
export function createLogGroup(stack: Stack, id: string, { logDays }: DeploymentSettings): CfnLogGroup {
  const logGroup = new CfnLogGroup(stack, id, { retentionInDays: logDays });
  logGroup.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
  logGroup.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
  return logGroup;
}

const writeLogs = (stack: Stack, { ref }: CfnLogGroup): Statement =>
  allowWildcard(
    'Logs',
    'Lambda names the log streams when it starts instances.',
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    [
      stack.formatArn({
        service: 'logs',
        resource: `log-group:${ref}:log-stream:*`,
        arnFormat: ArnFormat.NO_RESOURCE_NAME,
      }),
    ],
  );
