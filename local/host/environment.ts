import { devNull } from 'node:os';
import { dirname } from 'node:path';
import type { FunctionSpec } from './functions.ts';

/**
 * The environment variables of an execution environment: the function's own, and those that Lambda adds. The access key id is
 * the function's logical id, by which the gateway identifies the caller. The SDK's endpoints point to the gateway.
 */
export function environmentOf(
  spec: FunctionSpec,
  region: string,
  gatewayUrl: string,
): Record<string, string> {
  const { name, logicalId, memoryMb, file, exportName } = spec;
  return {
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: logicalId,
    AWS_SECRET_ACCESS_KEY: `secret-of-${logicalId}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: dirname(file),
    _HANDLER: `index.${exportName}`,
    POWERTOOLS_TRACE_ENABLED: 'false',
    AWS_ENDPOINT_URL_DYNAMODB: gatewayUrl,
    AWS_ENDPOINT_URL_KMS: gatewayUrl,
    AWS_ENDPOINT_URL_SES: gatewayUrl,
    AWS_ENDPOINT_URL_LAMBDA: gatewayUrl,
    // The AWS configuration of the user who runs the stack does not reach a function.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    ...spec.environment,
  };
}
