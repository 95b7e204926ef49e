/** An event is held back up to this size; a longer one passes in parts. */
const maxHeldBytes = 1024 * 1024;

const [lf, cr, colon] = [0x0a, 0x0d, 0x3a];

/** Where the last event in `bytes` ends: after a blank line, that is two line ends in a row, each LF, CR or both; 0 if none ends. */
function endOfEvents(bytes: Buffer): number {
  const last = Math.max(...['\n\n', '\n\r', '\r\r'].map((ends) => bytes.lastIndexOf(ends)));
  if (last < 0) return 0;
  const end = last + 2;
  return bytes[end - 1] === cr && bytes[end] === lf ? end + 1 : end;
}

/** Where the line that begins at `start` ends; 0 if it goes on. */
function endOfLine(bytes: Buffer, start: number): number {
  const ends = [bytes.indexOf(lf, start), bytes.indexOf(cr, start)].filter((end) => end >= 0);
  return ends.length > 0 ? Math.min(...ends) + 1 : 0;
}

/** The end of the comments and blank lines that begin at `start`: they contain no part of an event. */
function endOfComments(bytes: Buffer, start: number): number {
  let end = start;
  for (;;) {
    const first = bytes[end];
    const next = first === lf || first === cr ? end + 1 : first === colon ? endOfLine(bytes, end) : 0;
    if (next === 0) return end;
    end = next;
  }
}

/**
 * The same stream of events (WHATWG HTML, 9.2.6), cut only between events: a client cannot use half an event, and if the stream
 * breaks off, the half would spoil the error event that follows. Comments pass at once: they keep a connection alive (C78).
 */
export async function* wholeEvents(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    const bytes = held.length > 0 ? Buffer.concat([held, part]) : part;
    const end = bytes.length > maxHeldBytes ? bytes.length : endOfComments(bytes, endOfEvents(bytes));
    held = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (held.length > 0) yield held;
}
