import { request, type RequestOptions } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { urlToHttpOptions } from 'node:url';
import { readAll } from '../base/read-all.ts';

/** An error answered by the engine; `name` is the service's error name, such as ResourceInUseException. */
export class EngineError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** One region for all tables, because DynamoDB Local keeps a separate database for each region. */
export const engineRegion = 'us-east-1';

/**
 * The request options for an engine's URL. Engines check no signature. DynamoDB Local chooses the database by the access key
 * id, which the URL contains as its user.
 */
export function endpointOf(url: string): RequestOptions & { headers: { authorization: string } } {
  const { auth: _, ...options } = urlToHttpOptions(new URL(url));
  const scope = `${new URL(url).username || 'host'}/20260101/${engineRegion}/dynamodb/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  return { ...options, method: 'POST', headers: { authorization } };
}

function post(url: string, target: string, body: object): Promise<{ status: number; text: string }> {
  const { headers, ...endpoint } = endpointOf(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...endpoint,
        headers: {
          ...headers,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': target,
          'x-amz-date': '20260101T000000Z',
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

/** The number of tries of a read, and the milliseconds before the first retry. The pause doubles each time. */
const maxTries = 5;
const pauseMs = 20;

const reads = /\.(BatchGet|Describe|Get|List|Query|Scan)/;

/**
 * Calls the DynamoDB engine with JSON; `target` is an operation such as `DynamoDB_20120810.Scan`. A read that fails inside the
 * engine is repeated: DynamoDB Local answers about one DescribeTable in ten thousand with 500 while an index is built.
 */
export async function callEngine(url: string, target: string, body: object): Promise<unknown> {
  let { status, text } = await post(url, target, body);
  for (let tries = 1; status >= 500 && tries < maxTries && reads.test(target); tries += 1) {
    await delay(pauseMs * 2 ** (tries - 1));
    ({ status, text } = await post(url, target, body));
  }
  const answer: unknown = JSON.parse(text);
  if (status < 300) return answer;
  const {
    __type = 'Error',
    message,
    Message,
  } = answer as { __type?: string; message?: string; Message?: string };
  throw new EngineError(__type.slice(__type.indexOf('#') + 1), message ?? Message ?? text);
}
