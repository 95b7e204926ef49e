import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, type StartEngine } from './process.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/**
 * One of sixteen million loopback addresses. dynoxide answers pages of every origin and checks no caller; what it has
 * instead of a secret is where it listens: at this address alone, on any of thirty thousand ports.
 */
const secretAddress = (): string => `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;

/** Where 127.0.0.0/8 leads to this machine without being set up. */
const hasSecretAddresses = process.platform !== 'darwin';

export const dynoxideDatabase = (dataDir: string): string => join(dataDir, 'dynoxide.db');

/** How to start dynoxide, where the registry had a binary for this platform and it can be kept from pages of the web. */
export function findDynoxide(): Promise<StartEngine | undefined> {
  const name = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  const binary = join(modules, '@dynoxide', `${process.platform}-${process.arch}`, name);
  const start: StartEngine = (dataDir) => {
    if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
    const storage = dataDir === undefined ? [] : ['--db-path', dynoxideDatabase(dataDir)];
    const host = secretAddress();
    return startProcess(binary, (port) => ['serve', '--host', host, '--port', String(port), ...storage], {
      host,
    });
  };
  return Promise.resolve(hasSecretAddresses && existsSync(binary) ? start : undefined);
}
