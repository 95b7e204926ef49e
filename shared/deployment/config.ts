import type { KeyName } from './keys.ts';
import type { TableName } from './tables.ts';
import type { Settings } from './settings.ts';

/** What a function knows of its deployment. This module is the only reader of the environment. */
export interface Config {
  /** Scheme, host and port of pages and API, such as https://join.example.com. */
  origin: string;
  settings: Settings;
  /** Physical name of a table that the operation's capabilities name. */
  table(name: TableName): string;
  /** ARN of a key that the operation's capabilities name. */
  key(name: KeyName): string;
  /** The SES configuration set that reports deliveries; undefined in copy-link mode. */
  configurationSet: string | undefined;
}

/** Environment variables of a function; `infra` sets exactly those that its grants need. */
export const variable = {
  origin: 'ORIGIN',
  settings: 'SETTINGS',
  configurationSet: 'CONFIGURATION_SET',
  table: (name: TableName) => `TABLE_${name.toUpperCase()}`,
  key: (name: KeyName) => `KEY_${name.toUpperCase()}`,
} as const;

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = (name: string): string => {
    const value = environment[name];
    if (value === undefined) throw new Error(`environment variable ${name} is not set`);
    return value;
  };
  return {
    origin: read(variable.origin),
    settings: JSON.parse(read(variable.settings)) as Settings,
    table: (name) => read(variable.table(name)),
    key: (name) => read(variable.key(name)),
    configurationSet: environment[variable.configurationSet],
  };
}
