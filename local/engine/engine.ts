import { findDynamoDbLocal } from './dynamodb-local.ts';
import { findDynoxide } from './dynoxide.ts';

export interface Engine {
  /** `dynoxide`, `dynamodb-local` or the URL that was given. */
  name: string;
  /** A secret, unless the URL was given: its holder can read and write everything. */
  url: string;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** `dynoxide`, `dynamodb-local` or the URL of a running engine. If undefined, the first one available here, dynoxide first. */
  store?: string | undefined;
  /** The data directory. If absent, the data is in memory. */
  dataDir?: string | undefined;
}

const engines = {
  dynoxide: { find: findDynoxide, remedy: 'its package serves linux-x64 only' },
  'dynamodb-local': {
    find: findDynamoDbLocal,
    remedy: 'install Java 17 or later and make `java` reachable by PATH or JAVA_HOME',
  },
} as const;

const isEngine = (name: string): name is keyof typeof engines => name in engines;

/** Starts the DynamoDB engine of the stack. If none is available, the error is one line that says what to do. */
export async function startEngine({ store, dataDir }: EngineOptions): Promise<Engine> {
  if (store !== undefined && /^https?:/.test(store)) {
    return { name: store, url: store, stop: () => Promise.resolve() };
  }
  if (store !== undefined && !isEngine(store)) {
    throw new Error(`unknown store ${store}: it is dynoxide, dynamodb-local or a URL`);
  }
  for (const name of store === undefined ? (['dynoxide', 'dynamodb-local'] as const) : [store]) {
    const start = await engines[name].find();
    if (start !== undefined) return { name, ...(await start(dataDir)) };
  }
  throw new Error(
    store === undefined
      ? `no DynamoDB engine runs here: ${engines['dynamodb-local'].remedy}, or give --store URL`
      : `${store} does not run here: ${engines[store].remedy}`,
  );
}
