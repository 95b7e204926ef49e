import type { Stack } from '#local/stack/running-stack.ts';

/** A call of DynamoDB by its JSON; what it refuses is thrown under the service's own name. */
export type Call = (action: string, fields: object) => Promise<unknown>;

/** Calls of the engine of a stack, by somebody who may use every table. */
export function callEngineOf(stack: Stack): Call {
  const { AWS_ACCESS_KEY_ID: key = '', AWS_REGION: region = '' } = stack.insider();
  return async (action, fields) => {
    const response = await fetch(stack.aws, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-date': '20260101T000000Z',
        'x-amz-target': `DynamoDB_20120810.${action}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(fields),
    });
    const answer = (await response.json()) as { __type?: string; message?: string; Message?: string };
    if (response.ok) return answer;
    const { __type = 'Error', message, Message } = answer;
    throw Object.assign(new Error(message ?? Message ?? action), {
      name: __type.slice(__type.indexOf('#') + 1),
    });
  };
}
