import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, type StartEngine } from './process.ts';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/**
 * One of sixteen million loopback addresses. dynoxide answers pages of every origin and checks no caller. Its address is the
 * secret instead: it listens only at this address, on one of thirty thousand ports.
 */
const secretAddress = (): string => `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;

/** Whether all of 127.0.0.0/8 reaches this machine without configuration. */
const hasSecretAddresses = process.platform !== 'darwin';

export const dynoxideDatabase = (dataDir: string): string => join(dataDir, 'dynoxide.db');

/** How to start dynoxide. Undefined if npm installed no binary for this platform, or if web pages could reach its address. */
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
