/** An event is held back up to this size; a longer one passes in parts. */
const maxHeldBytes = 1024 * 1024;

/** Where the last event in `bytes` ends: after a blank line (WHATWG HTML, 9.2.6); 0 where none does. */
function endOfEvents(bytes: Buffer): number {
  const [plain, windows] = [bytes.lastIndexOf('\n\n'), bytes.lastIndexOf('\r\n\r\n')];
  return Math.max(plain < 0 ? 0 : plain + 2, windows < 0 ? 0 : windows + 4);
}

/**
 * The same stream of events, cut only between events: a client cannot use half of one, and where the stream breaks off, the
 * half would spoil the error event that follows.
 */
export async function* wholeEvents(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    const bytes = held.length > 0 ? Buffer.concat([held, part]) : part;
    const end = bytes.length > maxHeldBytes ? bytes.length : endOfEvents(bytes);
    held = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (held.length > 0) yield held;
}
