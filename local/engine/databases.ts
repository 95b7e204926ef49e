import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { beginElsewhere, BrokenFile } from '../base/broken-file.ts';
import { dynamoDbLocalDatabase } from './dynamodb-local.ts';
import { dynoxideDatabase } from './dynoxide.ts';

/** The path of each engine's SQLite database in a data directory. The database holds all tables. */
const databases: Readonly<Record<string, (dataDir: string) => string>> = {
  dynoxide: dynoxideDatabase,
  'dynamodb-local': dynamoDbLocalDatabase,
};

const meaning = { holds: 'all people, invites, sessions and stored API keys', remedy: beginElsewhere };

/** The engines that have a database in a directory. */
export const enginesIn = (dataDir: string): string[] =>
  Object.keys(databases).filter((engine) => existsSync(databases[engine]?.(dataDir) ?? ''));

function problemOf(path: string): string | undefined {
  if (!existsSync(path)) return 'it is missing';
  try {
    const database = new DatabaseSync(path, { timeout: 5_000 });
    try {
      const [found] = database.prepare('PRAGMA quick_check(1)').all();
      if (found?.['quick_check'] !== 'ok') return String(found?.['quick_check']);
      return database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined ? 'it is empty' : undefined;
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Checks an engine's database in a data directory. @throws BrokenFile if the database is missing, empty or damaged. */
export function checkDatabase(engine: string, dataDir: string): void {
  const path = databases[engine]?.(dataDir);
  const problem = path && problemOf(path);
  if (path && problem) throw new BrokenFile(path, problem, meaning);
}
