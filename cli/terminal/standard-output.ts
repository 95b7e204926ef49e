import { fdatasyncSync, fstatSync, readSync, statSync, writeSync } from 'node:fs';

const fd = 1;

/**
 * Writes the whole text to a file. A disk that is nearly full takes a part and refuses the rest, which Node's own stream does
 * not report.
 */
function writeToFile(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
  if (fstatSync(fd).isFile()) fdatasyncSync(fd);
}

const writeToStream = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.once('error', reject);
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });

/** Standard output. A write that fails is an error. */
export const standardOutput = {
  get isTTY(): boolean {
    return process.stdout.isTTY;
  },

  async write(text: string): Promise<void> {
    const there = fstatSync(fd);
    if (this.isTTY || there.isFIFO() || there.isSocket()) await writeToStream(text);
    else writeToFile(text);
  },
};

/**
 * Whether standard output was closed when this process started. Node then puts /dev/null there, open for reading too. So do
 * programs that discard the output. A shell's `> /dev/null` is open for writing only.
 */
export function isOutputClosed(): boolean {
  try {
    if (fstatSync(fd).rdev !== statSync('/dev/null').rdev) return false;
    readSync(fd, Buffer.alloc(1));
    return true;
  } catch {
    return false;
  }
}
