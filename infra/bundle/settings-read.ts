import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { parseSettings, type DeploymentSettings } from '#shared/deployment/settings.ts';
import { Mistakes } from '../mistakes.ts';

type Name = keyof DeploymentSettings;

const { apps: _, domain: __, ...readable } = parseSettings({});
const names = Object.keys(readable) as Name[];

/** The file beside each bundle with the names of the settings that its code reads. */
export const readsFile = 'settings.json';

/**
 * Bytes of Lambda's 4 KB for environment variables that settings may take; tables, keys and the origin take the rest. Lambda measures
 * the JSON of all variables, in which each quotation mark of a setting counts twice.
 */
const maxBytes = 3_100;

/** A setting's name where code may read it: after a dot or in a destructuring pattern, possibly after a comment. */
const read = new RegExp(String.raw`(?:[.{,]|\*/|//[^\n]*\n)\s*(${names.join('|')})\b`, 'g');
const readsIn = (code: string): Set<string> => new Set([...code.matchAll(read)].map(([, name]) => name!));

/**
 * Writes beside each bundle which settings its code reads. A setting counts if both the bundle and one of our sources in
 * it read its name: libraries read properties of the same names. A setting too many takes room in an environment, so what is long,
 * the list of apps, has a name that nothing else has (`registeredApps`). None is missing, as no code reads a setting by a computed
 * name (`test/rules/settings.test.ts`).
 */
export function noteSettingsRead({ outputs }: Metafile): void {
  const sources = new Map<string, Set<string>>();
  const readsOf = (file: string): Set<string> => {
    const known = sources.get(file) ?? readsIn(readFileSync(file, 'utf8'));
    sources.set(file, known);
    return known;
  };
  for (const [output, { inputs }] of Object.entries(outputs)) {
    const own = Object.keys(inputs).filter(
      (file) => /^[^:]+\.ts$/.test(file) && !file.includes('node_modules') && inputs[file]!.bytesInOutput > 0,
    );
    const bundled = readsIn(readFileSync(output, 'utf8'));
    const reads = names.filter((name) => bundled.has(name) && own.some((file) => readsOf(file).has(name)));
    writeFileSync(join(dirname(output), readsFile), JSON.stringify(reads));
  }
}

/**
 * The settings that the function of this bundle reads, as JSON.
 * @throws Mistakes if they take more room than its environment has.
 */
export function settingsFor(id: string, directory: string, settings: DeploymentSettings): string {
  const reads = JSON.parse(readFileSync(join(directory, readsFile), 'utf8')) as Name[];
  const json = JSON.stringify(Object.fromEntries(reads.map((name) => [name, settings[name]])));
  const length = Buffer.byteLength(JSON.stringify(json));
  if (length <= maxBytes) return json;
  throw new Mistakes([
    `The settings that ${id} reads take ${length} bytes; a function's environment has room for ${maxBytes}: list fewer services or apps.`,
  ]);
}
