import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from './metered-call.ts';

/** One request by HTTP. */
export interface Question {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The expected status; 200 if absent. */
  status?: number;
  /** Milliseconds before the request, and milliseconds for which the answer stays unread after its first part. */
  afterMs?: number;
  pauseMs?: number;
}

/** Asks questions on kept-alive connections. @returns a call that lasts until the answer's first byte or its end. */
export function asker(until: 'first byte' | 'end'): Call {
  const agent = new Agent({ keepAlive: true });
  return async (input) => {
    const { url, headers, body, status = 200, afterMs = 0, pauseMs = 0 } = JSON.parse(input) as Question;
    if (afterMs > 0) await wait(afterMs);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, { agent, method: 'POST', headers }, resolve).on('error', reject).end(body);
    });
    if (answer.statusCode !== status)
      throw new Error(`${url} answered ${answer.statusCode} ${await text(answer)}`);
    const parts = answer.iterator() as AsyncIterator<Buffer> & AsyncIterable<Buffer>;
    const first = await parts.next();
    const readOn = async (): Promise<number> => {
      if (pauseMs > 0) await wait(pauseMs);
      let bytes = first.done ? 0 : first.value.length;
      for await (const part of parts) bytes += part.length;
      return bytes;
    };
    if (until === 'first byte') return { last: '', rest: readOn() };
    return { last: String(await readOn()) };
  };
}
