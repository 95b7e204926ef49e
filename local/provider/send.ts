import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ProviderAnswer } from './answer.ts';
import type { Behaviour } from './behaviours.ts';

interface Circumstances {
  behaviour: Behaviour | undefined;
  /** Resolves when a hanging call is to continue. */
  hang: () => Promise<void>;
  /** Whether the client can read compressed answers. */
  takesGzip: boolean;
}

type Parts = ProviderAnswer['parts'];

const isStream = ({ headers }: ProviderAnswer): boolean =>
  String(headers['content-type']).startsWith('text/event-stream');

const sizeOf = (parts: Parts): number => parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);

/** The part of an answer before it breaks off or halts, and the rest. */
function halves(parts: Parts): [Parts, Parts] {
  if (parts.length !== 1) return [parts.slice(0, parts.length / 2), parts.slice(parts.length / 2)];
  const body = Buffer.from(parts.join(''));
  return [[body.subarray(0, body.length / 2)], [body.subarray(body.length / 2)]];
}

/** Bytes without meaning: comments between events, white space after JSON. */
function* filler(bytes: number, isEvents: boolean): Generator<string> {
  const pieceBytes = 65_536;
  const piece = isEvents ? `:${'.'.repeat(pieceBytes - 3)}\n\n` : ' '.repeat(pieceBytes);
  for (let left = bytes; left > 0; left -= pieceBytes) {
    const size = Math.min(left, pieceBytes);
    if (size === pieceBytes) yield piece;
    else yield isEvents && size > 3 ? `:${'.'.repeat(size - 3)}\n\n` : '\n'.repeat(size);
  }
}

async function* bodyOf(
  answer: ProviderAnswer,
  { behaviour, hang }: Circumstances,
): AsyncGenerator<string | Buffer> {
  const [first, rest] = halves(answer.parts);
  if (behaviour?.kind === 'hang-after') {
    yield* first;
    await hang();
    yield* rest;
  } else if (behaviour?.kind === 'stream') {
    const missing = behaviour.bytes - sizeOf(answer.parts);
    if (isStream(answer)) yield* first;
    else yield* answer.parts;
    yield* filler(missing, isStream(answer));
    if (isStream(answer)) yield* rest;
  } else {
    for (const part of answer.parts) {
      yield part;
      if (behaviour?.kind === 'slow') await delay(behaviour.ms, undefined, { ref: false });
    }
  }
}

/** Compressed with gzip, as the providers do if the client can read it. */
function compressed(answer: ProviderAnswer): ProviderAnswer {
  const headers = { ...answer.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
  return { ...answer, headers, parts: [gzipSync(answer.parts.join(''))] };
}

/**
 * Sends an answer, disturbed as the behaviour says.
 * @throws if the connection ends before the answer does
 */
export async function send(
  response: ServerResponse,
  answer: ProviderAnswer,
  circumstances: Circumstances,
): Promise<void> {
  const { behaviour, hang, takesGzip } = circumstances;
  if (behaviour?.kind === 'hang') await hang();
  const isUndisturbed = behaviour === undefined && !isStream(answer) && answer.parts.length === 1;
  const { status, headers, parts } = isUndisturbed && takesGzip ? compressed(answer) : answer;
  const isMeasured = !isStream(answer) && behaviour?.kind !== 'stream';
  response.writeHead(status, { ...headers, ...(isMeasured && { 'content-length': sizeOf(parts) }) });
  if (behaviour?.kind === 'cut')
    response.write(Buffer.concat(halves(parts)[0].map((part) => Buffer.from(part))), () =>
      response.destroy(),
    );
  else await pipeline(Readable.from(bodyOf({ status, headers, parts }, circumstances)), response);
}
