import { errorAnswer, type AwsAnswer } from './answer.ts';
import type { Call } from './call.ts';
import type { Fault } from './faults.ts';
import type { Permission } from './permission.ts';

const coral = 'com.amazon.coral.service#';
const dynamo = 'com.amazonaws.dynamodb.v20120810#';

/** The answer to a caller without the permission. @param by the kind of policy that should allow the action and does not */
export function denied(
  { service, accessKey }: Call,
  { action, resource }: Permission,
  by: 'identity' | 'resource',
): AwsAnswer {
  return errorAnswer(service, {
    status: service === 'ses' ? 403 : 400,
    code: { dynamodb: `${coral}AccessDeniedException`, kms: 'AccessDeniedException', ses: 'AccessDenied' }[
      service
    ],
    message:
      `User: ${accessKey} is not authorized to perform: ${action} on resource: ${resource} ` +
      `because no ${by}-based policy allows the ${action} action`,
  });
}

/** The service's own failure, before the call had any effect. */
export function failed({ service }: Call): AwsAnswer {
  const code = {
    dynamodb: `${dynamo}InternalServerError`,
    kms: 'KMSInternalException',
    ses: 'InternalFailure',
  }[service];
  return errorAnswer(service, { status: 500, code, message: 'Internal server error (injected)' });
}

export function throttled({ service }: Call): AwsAnswer {
  const code = {
    dynamodb: `${dynamo}ProvisionedThroughputExceededException`,
    kms: 'ThrottlingException',
    ses: 'Throttling',
  }[service];
  return errorAnswer(service, { status: 400, code, message: 'Rate exceeded (injected)' });
}

/** Another transaction holds one of the items. */
export function conflicting({ service, action, fields }: Call): AwsAnswer {
  const message = 'Transaction is ongoing for the item (injected)';
  if (action !== 'TransactWriteItems') {
    return errorAnswer(service, { status: 400, code: `${dynamo}TransactionConflictException`, message });
  }
  const items = Array.isArray(fields['TransactItems']) ? fields['TransactItems'].length : 1;
  const reasons = Array.from({ length: items }, (_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: message } : { Code: 'None' },
  );
  return errorAnswer(service, {
    status: 400,
    code: `${dynamo}TransactionCanceledException`,
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
      `[${reasons.map(({ Code }) => Code).join(', ')}]`,
    details: { CancellationReasons: reasons },
  });
}

/** A transaction under the same request token is not done yet. */
const underWay = ({ service }: Call): AwsAnswer =>
  errorAnswer(service, {
    status: 400,
    code: `${dynamo}TransactionInProgressException`,
    message: 'The transaction with the given request token is already in progress (injected)',
  });

/** Faults by which a call is refused before the service is reached. */
export const refusalBy: Partial<Record<Fault['kind'], (call: Call) => AwsAnswer>> = {
  error: failed,
  throttle: throttled,
  conflict: conflicting,
  'in-progress': underWay,
};
