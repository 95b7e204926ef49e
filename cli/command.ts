import type { Result } from './result.ts';
import type { Server } from './server/server.ts';
import type { Calling } from './session/access.ts';
import type { Output } from './terminal/output.ts';

/** An option of a command. Without `value` it is a flag, else it takes what `value` names. */
export interface Option {
  value?: string;
  text: string;
  /** The only words that it takes. */
  choices?: readonly string[];
  /** What the text after the option means; `flag` is the option as it is typed, for the error where it means nothing. */
  read?(text: string, flag: string): unknown;
}

type Options = Readonly<Record<string, Option>>;

/** A flag is true where it stands; any other option is undefined where it does not. */
type ValueOf<Declared extends Option> = Declared extends { read(text: string, flag: string): infer Value }
  ? Value | undefined
  : Declared extends { choices: readonly (infer Choice)[] }
    ? Choice | undefined
    : Declared extends { value: string }
      ? string | undefined
      : boolean;

export type OptionValues<Declared extends Options> = {
  readonly [Name in keyof Declared]: ValueOf<Declared[Name]>;
};

interface Context<Declared extends Options> {
  options: OptionValues<Declared>;
  operands: readonly string[];
  out: Output;
  calling: Calling;
  /** All commands, this one included. */
  commands: readonly Omit<Command, 'run'>[];
  /** The server that the user is signed in to; ends the command when there is none. */
  server(): Promise<Server>;
}

interface Declaration<Declared extends Options> {
  /** Its words, such as `invites create`. */
  name: string;
  summary: string;
  /** What stands on the command line without a name, as commander writes it: `<FILE>`, `<ID...>`. */
  operands?: string;
  options: Declared;
  /** More lines of `--help`, for details that are not obvious. */
  notes?: string;
  run(context: Context<Declared>): Promise<Result>;
}

/** A declared command as the program sees it. */
export interface Command extends Omit<Declaration<Options>, 'run'> {
  run(context: never): Promise<Result>;
}

/** Declares a command. */
export const command = <const Declared extends Options>(declaration: Declaration<Declared>): Command =>
  declaration;
