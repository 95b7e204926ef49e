import type { Readable } from 'node:stream';

/**
 * The whole content of a stream; undefined if it has more than `most` bytes: the rest is then read and dropped. Uses the
 * stream's events, because every AWS call passes here several times and async iteration costs several times as much.
 */
export function readAtMost(stream: Readable, most: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
    });
    stream.once('end', () => resolve(size <= most ? joined(chunks) : undefined));
    stream.once('error', reject);
    stream.once('close', () => {
      if (!stream.readableEnded) reject(new Error('the stream was closed before its end'));
    });
  });
}

/** Everything that a stream carries. */
export const readAll = (stream: Readable): Promise<Buffer> => readAtMost(stream, Infinity) as Promise<Buffer>;

const joined = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
