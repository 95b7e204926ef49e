import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { browserScripts } from './browser-scripts.ts';
import { entryPoints, freshDocument, generatedEntries } from './bundle-entry.ts';
import { bundleOptions } from './bundle-options.ts';
import type { Entry } from '../entry.ts';
import { lazyPackages } from './lazy-packages.ts';
import { noteSettingsRead } from './settings-read.ts';
import { textFiles } from './text-imports.ts';

/** Where the functions' code is built, a folder per operation. */
export const buildDirectory = fileURLToPath(new URL('../../.build/functions', import.meta.url));

/** How many operations esbuild holds in memory at once: all of them together take 2 GB. */
const atOnce = 24;

/**
 * Bundles all operations to `<directory>/<id>/index.cjs`, and notes which settings each reads.
 * @returns bytes of each bundle by id.
 */
export async function bundle(
  entries: readonly Entry[],
  directory = buildDirectory,
): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (let first = 0; first < entries.length; first += atOnce)
    Object.assign(sizes, await bundleSome(entries.slice(first, first + atOnce), entries, directory));
  removeOthers(entries, directory);
  return sizes;
}

/** Bundles some of all operations. @returns bytes of each bundle by id. */
async function bundleSome(
  some: readonly Entry[],
  all: readonly Entry[],
  directory: string,
): Promise<Record<string, number>> {
  const lazy = lazyPackages();
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: entryPoints(some),
    outdir: directory,
    outExtension: { '.js': '.cjs' },
    loader: Object.fromEntries(textFiles.map((extension) => [extension, 'text'])),
    plugins: [
      lazy.plugin,
      generatedEntries(some),
      freshDocument(all),
      browserScripts,
      ...bundleOptions.plugins,
    ],
    metafile: true,
  });
  await lazy.write(metafile);
  noteSettingsRead(metafile);
  const sizes = Object.values(metafile.outputs).map(({ entryPoint, bytes }) => [
    entryPoint?.split(':')[1],
    bytes,
  ]);
  return Object.fromEntries(sizes);
}

/** Removes the bundles of operations that are gone. */
function removeOthers(entries: readonly Entry[], directory: string): void {
  const ids = new Set(entries.map(({ id }) => id));
  for (const name of readdirSync(directory))
    if (!ids.has(name)) rmSync(join(directory, name), { recursive: true });
}
