import { readFileSync } from 'node:fs';

const { version: present } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The version in a command's arguments, or this release's if there are no arguments; undefined if the arguments are no version. */
export function versionIn(args: readonly string[]): string | undefined {
  const [version = present, ...more] = args;
  return more.length === 0 && /^\d+\.\d+\.\d+$/.test(version) ? version : undefined;
}

/** The version that the running command asks for. Ends the process if it is no version: the command would write a file of that name. */
export function wantedVersion(command: string): string {
  const version = versionIn(process.argv.slice(2));
  if (version !== undefined) return version;
  console.error(`Usage: npm run ${command} [VERSION], such as ${present}, which it is without one.`);
  process.exit(2);
}
