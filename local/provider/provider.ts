import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Recent } from '../gateway/records.ts';
import { listen } from '../base/listen.ts';
import { readAtMost } from '../base/read-all.ts';
import type { Dialect } from './answer.ts';
import { answerCall } from './answer-call.ts';
import { Behaviours, type BehaviourRequest } from './behaviours.ts';
import { CallsUnderWay } from './calls-under-way.ts';
import { chatgpt } from './chatgpt.ts';
import { claude } from './claude.ts';
import { maxKeptCharacters, type RecordedCall } from './recorded-call.ts';
import { send } from './send.ts';

/** The stand-in for the providers of the built-in services. It implements their APIs on this machine, without a model. */
export interface Provider {
  /** Such as http://127.0.0.1:4900; each service is below its name, such as `/claude`. */
  url: string;
  /** Replaces the behaviours. */
  behave(list: readonly BehaviourRequest[]): void;
  /** The newest calls, oldest first. */
  requests(): readonly RecordedCall[];
  /** Lets hanging calls continue with their answers. */
  release(): void;
  /** Forgets behaviours and calls, and breaks off the calls under way. */
  clear(): void;
  stop(): Promise<void>;
}

const dialects = new Map<string, Dialect>(Object.entries({ claude, chatgpt }));

/** Largest request, in bytes (Anthropic, request size limits). */
const maxBodyBytes = 32 * 1024 * 1024;

/** Starts the stand-in on a free port. */
export async function startProvider(now: () => number): Promise<Provider> {
  const behaviours = new Behaviours();
  const calls = new Recent<RecordedCall>(500);
  const underWay = new CallsUnderWay();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request;
    const [, service = '', path = ''] = /^\/(\w+)([^]*)$/.exec(request.url ?? '') ?? [];
    const dialect = dialects.get(service);
    if (dialect === undefined) return void response.writeHead(404).end();
    const behaviour = behaviours.take(service);
    const call: RecordedCall = {
      at: now(),
      service,
      method,
      path,
      headers,
      body: '',
      bytes: 0,
      key: dialect.keyOf(headers),
      state: 'open',
    };
    calls.add(call);
    underWay.add(response, call);
    if (behaviour?.kind === 'refuse') return void request.socket.destroy();
    const bytes = await readAtMost(request, maxBodyBytes);
    const body = bytes?.toString();
    call.body = body?.slice(0, maxKeptCharacters) ?? '';
    call.bytes = bytes?.length ?? maxBodyBytes;
    if (behaviour?.kind === 'garbage') return void request.socket.end('\0\u0001 this is not HTTP\r\n\r\n');
    const answer = answerCall(dialect, { method, path, headers, body, now: call.at }, behaviour);
    const takesGzip = /\bgzip\b/.test(String(headers['accept-encoding']));
    await send(response, answer, { behaviour, hang: () => underWay.hang(response), takesGzip });
  }

  const server = createServer(
    { requestTimeout: 0, headersTimeout: 0 },
    // The connection ended before the answer did.
    (request, response) => void serve(request, response).catch(() => response.destroy()),
  );
  const { url, close } = await listen(server, 0, 'programs');
  return {
    url,
    behave: (list) => behaviours.replace(list),
    requests: () => calls.list(),
    release: () => underWay.release(),
    clear() {
      behaviours.replace([]);
      calls.clear();
      underWay.breakOff();
    },
    stop: close,
  };
}
