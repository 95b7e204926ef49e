import { readFileSync } from 'node:fs';

const { version: present } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The version that a command's arguments ask for, that of this release where they are none; undefined where they are no version. */
export function versionIn(args: readonly string[]): string | undefined {
  const [version = present, ...more] = args;
  return more.length === 0 && /^\d+\.\d+\.\d+$/.test(version) ? version : undefined;
}

/** The same for a running command, which ends where it is none: it would write a file of that name. */
export function wantedVersion(command: string): string {
  const version = versionIn(process.argv.slice(2));
  if (version !== undefined) return version;
  console.error(`Usage: npm run ${command} [VERSION], such as ${present}, which it is without one.`);
  process.exit(2);
}
