import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { browserRuns, startChromium } from './chromium.ts';

if (!browserRuns)
  console.log('browser tests are skipped: Chromium from npm runs on linux-x64 with glibc only');

/** The contents of a file below /proc; empty if its process is gone. */
const proc = (path: string): string => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return '';
  }
};

test.skipIf(!browserRuns)("the browser runs on the package's own NSS, whatever the machine has", async () => {
  const browser = await startChromium();
  const mine = readdirSync('/proc').filter((pid) =>
    proc(`${pid}/status`).includes(`PPid:\t${process.pid}\n`),
  );
  const libraries = mine.flatMap((pid) => proc(`${pid}/maps`).match(/\/\S*(?:libnss3|libnspr4)\.so/g) ?? []);
  await browser.close();
  expect(libraries).not.toEqual([]);
  expect(libraries.filter((path) => !path.includes('node_modules/.cache'))).toEqual([]);
});
