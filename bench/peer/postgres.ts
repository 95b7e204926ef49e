import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#infra/proof/free-port.ts';

/** The directory of the programs of Debian's package `postgresql`. */
const folder = globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1);

/** Whether this machine has PostgreSQL. */
export const hasPostgres = folder !== undefined && existsSync(join(folder, 'initdb'));

/** PostgreSQL refuses to run as root. If we are root, it runs as the user that the package creates. */
const asRoot = process.getuid?.() === 0;
const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres']).toString());
const command = (program: string, args: string[]): [string, string[]] => {
  const path = join(folder!, program);
  return asRoot ? ['runuser', ['-u', 'postgres', '--', path, ...args]] : [path, args];
};

/** Starts a server with an empty database on the loopback address. It does not wait for the disk. */
export async function startPostgres(): Promise<{ address: string; stop(): void }> {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-postgres-'));
  if (asRoot) chownSync(directory, idOf('-u'), idOf('-g'));
  const run = (program: string, ...args: string[]) =>
    execFileSync(...command(program, ['-D', directory, ...args]), { stdio: 'ignore', cwd: directory });
  const port = await freePort();
  const options = `-k ${directory} -p ${port} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off`;
  run('initdb', '-U', 'postgres', '--auth=trust');
  run('pg_ctl', '--wait', '-o', options, 'start');
  return {
    address: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop() {
      run('pg_ctl', '--wait', '-m', 'immediate', 'stop');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
