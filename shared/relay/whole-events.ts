/** Bytes of one event that are held back at most; a longer one passes in parts. */
const longest = 1024 * 1024;

/** Where the last event in `bytes` ends: after a blank line (WHATWG HTML, 9.2.6); 0 where none does. */
function endOfEvents(bytes: Buffer): number {
  const [plain, windows] = [bytes.lastIndexOf('\n\n'), bytes.lastIndexOf('\r\n\r\n')];
  return Math.max(plain < 0 ? 0 : plain + 2, windows < 0 ? 0 : windows + 4);
}

/**
 * The same stream of events, cut between events alone: no client can use half of one, and where the stream breaks off the
 * half would spoil what is said next.
 */
export async function* wholeEvents(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    const bytes = held.length > 0 ? Buffer.concat([held, part]) : part;
    const end = bytes.length > longest ? bytes.length : endOfEvents(bytes);
    held = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (held.length > 0) yield held;
}
