import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, type StartEngine } from './process.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** How to start dynoxide, where the registry had a binary for this platform. */
export function findDynoxide(): Promise<StartEngine | undefined> {
  const name = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  const binary = join(modules, '@dynoxide', `${process.platform}-${process.arch}`, name);
  const start: StartEngine = (dataDir) => {
    if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
    const storage = dataDir === undefined ? [] : ['--db-path', join(dataDir, 'dynoxide.db')];
    return startProcess(binary, (port) => [
      'serve',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      ...storage,
    ]);
  };
  return Promise.resolve(existsSync(binary) ? start : undefined);
}
