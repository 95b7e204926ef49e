import { existsSync, readFileSync } from 'node:fs';

const { version: present } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The version in a command's arguments, or this release's if there are no arguments; undefined if the arguments are no version. */
export function versionIn(args: readonly string[]): string | undefined {
  const [version = present, ...more] = args;
  return more.length === 0 && /^\d+\.\d+\.\d+$/.test(version) ? version : undefined;
}

/**
 * The version that the running command asks for. Ends the process if it is no version, as the command would write a file of that
 * name, or if the file is there: what a published release was held against would be lost.
 * @param recordOf the file that the command writes for a version, relative to the repository.
 */
export function wantedVersion(command: string, recordOf: (version: string) => string): string {
  const version = versionIn(process.argv.slice(2));
  if (version === undefined) {
    console.error(`Usage: npm run ${command} [VERSION], such as ${present}, which it is without one.`);
    process.exit(2);
  }
  const record = recordOf(version);
  if (existsSync(new URL(`../../${record}`, import.meta.url))) {
    console.error(
      `${record} is there already, and later releases are held against it. Raise the version in package.json. If ${version} is not published yet, delete the file first.`,
    );
    process.exit(1);
  }
  return version;
}
