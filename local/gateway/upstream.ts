import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { endpointOf } from '../engine/client.ts';
import type { Kms } from '../kms/kms.ts';
import { readAll } from '../base/read-all.ts';
import type { Ses } from '../ses/ses.ts';
import { jsonAnswer, type AwsAnswer } from './answer.ts';
import type { Call } from './call.ts';

/** The services behind the gateway. */
export interface Upstream {
  answer(call: Call): Promise<AwsAnswer>;
  close(): void;
}

type Engine = ReturnType<typeof endpointOf> & { agent: Agent };

const single = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name !== 'connection' && name !== 'keep-alive' && name !== 'transfer-encoding')
      .map(([name, value]) => [name, String(value)]),
  );

/** Forwards a request to the DynamoDB engine with the engine's own credentials, and returns the engine's answer unchanged. */
function forward(engine: Engine, { headers, body }: Call): Promise<AwsAnswer> {
  return new Promise((resolve, reject) => {
    const { connection: _, ...others } = headers;
    const outgoing = request({ ...engine, headers: { ...others, ...engine.headers } }, (response) => {
      readAll(response).then(
        (content) =>
          resolve({ status: response.statusCode ?? 500, headers: single(response.headers), body: content }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** DynamoDB at `engineUrl`, KMS and SES in this process. */
export function upstream(engineUrl: string, kms: Kms, ses: Ses): Upstream {
  const agent = new Agent({ keepAlive: true });
  const engine = { ...endpointOf(engineUrl), agent };
  return {
    async answer(call) {
      if (call.service === 'dynamodb') return await forward(engine, call);
      if (call.service === 'kms') {
        const { status, body } = kms.handle(String(call.headers['x-amz-target']), call.fields);
        return jsonAnswer('kms', status, body);
      }
      const { status, contentType, body } = ses.handle(call.body.toString());
      return { status, headers: { 'content-type': contentType }, body };
    },
    close: () => agent.destroy(),
  };
}
