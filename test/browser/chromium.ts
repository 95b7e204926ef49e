import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const packed = join(modules, '@sparticuz/chromium/bin');
const unpacked = join(modules, '.cache/chromium-153');

/** Whether the packed browser runs on this machine: it needs x64 and the GNU C library. */
export const browserRuns = process.platform === 'linux' && existsSync('/lib64/ld-linux-x86-64.so.2');

/** The package unpacks into TMPDIR and takes a half-written file there for finished: hence a directory of our own. */
async function unpack(): Promise<void> {
  if (existsSync(unpacked)) return;
  mkdirSync(join(unpacked, '..'), { recursive: true });
  const directory = mkdtempSync(`${unpacked}-`);
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = directory;
  const parts = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((file) => inflate(join(packed, file)));
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  await Promise.all(parts);
  const fonts = ['/usr/share/fonts', join(unpacked, 'fonts')].map((path) => `<dir>${path}</dir>`).join('');
  const cache = `<cachedir>${join(unpacked, 'font-cache')}</cachedir>`;
  writeFileSync(join(directory, 'fonts.conf'), `<fontconfig>${fonts}${cache}</fontconfig>\n`);
  try {
    renameSync(directory, unpacked);
  } catch (error) {
    // Another test file has unpacked it first.
    rmSync(directory, { recursive: true });
    if (!existsSync(unpacked)) throw error;
  }
}

/** Starts Chromium from npm alone, with the package's NSS libraries, and with its fonts besides the machine's. */
export async function startChromium(args: readonly string[] = []): Promise<Browser> {
  await unpack();
  return chromium.launch({
    executablePath: join(unpacked, 'chromium'),
    // Without the package's own arguments: they are for Lambda, and switch web security off.
    args: ['--no-sandbox', ...args],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(unpacked, 'al2023/lib'),
      FONTCONFIG_FILE: join(unpacked, 'fonts.conf'),
    },
  });
}
