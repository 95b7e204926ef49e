import type { KeyName } from './keys.ts';
import type { TableName } from './tables.ts';
import type { Settings } from './settings.ts';

/** A function's view of its deployment. This module is the only reader of the environment. */
export interface Config {
  /** Scheme, host and port of pages and API, such as https://join.example.com. */
  origin: string;
  /** The settings that the function's code reads. Reading any other throws, and does not give undefined. */
  settings: Settings;
  /** Physical name of a table that the operation's capabilities name. */
  table(name: TableName): string;
  /** ARN of a key that the operation's capabilities name. */
  key(name: KeyName): string;
  /** The SES configuration set that reports deliveries; undefined in copy-link mode. */
  configurationSet: string | undefined;
  /** The relay's address, if the operation's capabilities name it. */
  relay: string | undefined;
}

/** Environment variables of a function; `infra` sets exactly those that its grants need. */
export const variable = {
  origin: 'ORIGIN',
  settings: 'SETTINGS',
  configurationSet: 'CONFIGURATION_SET',
  relay: 'RELAY',
  table: (name: TableName) => `TABLE_${name.toUpperCase()}`,
  key: (name: KeyName) => `KEY_${name.toUpperCase()}`,
} as const;

/** The tag that says which operation a function runs. */
export const operationTag = 'latchkey:operation';

/** @param environment a copy: every request looks up names, and `process.env` asks the system each time. */
export function readConfig(environment: NodeJS.ProcessEnv = { ...process.env }): Config {
  const read = (name: string): string => {
    const value = environment[name];
    if (value === undefined) throw new Error(`environment variable ${name} is not set`);
    return value;
  };
  return {
    origin: read(variable.origin),
    settings: given(JSON.parse(read(variable.settings)) as Partial<Settings>),
    table: (name) => read(variable.table(name)),
    key: (name) => read(variable.key(name)),
    configurationSet: environment[variable.configurationSet],
    // Lambda's address ends in a slash, and the paths that callers append begin with one.
    relay: environment[variable.relay]?.replace(/\/$/, ''),
  };
}

/** The settings that `infra` gave the function, because it found their names in the function's code. */
const given = (settings: Partial<Settings>): Settings =>
  new Proxy(settings as Settings, {
    get(target, name) {
      if (typeof name === 'symbol') return undefined;
      if (!Object.hasOwn(target, name)) throw new Error(`this function was not given the setting ${name}`);
      return target[name as keyof Settings];
    },
    ownKeys() {
      throw new Error('settings are read one by one: by their names it is known which ones a function needs');
    },
  });
