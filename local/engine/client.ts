import { request } from 'node:http';
import { readAll } from '../base/read-all.ts';

/** An error that the engine answered; `name` is the service's, such as ResourceInUseException. */
export class EngineError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const credential =
  'AWS4-HMAC-SHA256 Credential=host/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

function post(url: string, target: string, body: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': target,
          'x-amz-date': '20260101T000000Z',
          authorization: credential,
        },
      },
      (response) => {
        readAll(response).then(
          (content) => resolve({ status: response.statusCode ?? 0, text: content.toString() }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(body));
  });
}

/** The host's own calls of the DynamoDB engine, beside the gateway: `target` is such as `DynamoDB_20120810.Scan`. */
export async function callEngine(url: string, target: string, body: object): Promise<unknown> {
  const { status, text } = await post(url, target, body);
  const answer: unknown = JSON.parse(text);
  if (status < 300) return answer;
  const {
    __type = 'Error',
    message,
    Message,
  } = answer as { __type?: string; message?: string; Message?: string };
  throw new EngineError(__type.slice(__type.indexOf('#') + 1), message ?? Message ?? text);
}
