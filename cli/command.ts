import type { Options } from './options.ts';
import type { Output } from './terminal/output.ts';
import type { Server } from './server/server.ts';

/** An option of a command. Without `value` it is a flag, else it takes what `value` names. */
export interface Option {
  value?: string;
  text: string;
}

/** What stands on the command line without a name. */
export interface Operands {
  name: string;
  least: number;
  most: number;
}

export interface Context<Name extends string> {
  options: Options<Name>;
  operands: readonly string[];
  out: Output;
  /** The server that the user is signed in to; ends the command when there is none. */
  server(): Promise<Server>;
}

/** What a command puts on standard output: `json` with `--json`, else `rows`. */
export interface Result {
  json: unknown;
  rows: readonly (readonly string[])[];
  /** Names of the columns, for a terminal. */
  head?: readonly string[];
  /** What is said once the data is there. */
  said?: readonly string[];
  /** Exit code; 0 unless it is said. */
  exit?: number;
}

export interface Command<Name extends string = string> {
  /** Its words, such as `invites create`. */
  name: string;
  summary: string;
  operands?: Operands;
  options: Readonly<Record<Name, Option>>;
  /** More for `--help`: what is not obvious. */
  notes?: string;
  run(context: Context<Name>): Promise<Result>;
}

/** Declares a command. */
export const command = <Name extends string>(declaration: Command<Name>): Command<Name> => declaration;

/** Options of every command. */
export const commonOptions = {
  json: { text: 'one JSON value on standard output' },
  help: { text: 'what this command does and takes' },
} as const satisfies Record<string, Option>;

export type CommonOption = keyof typeof commonOptions;
