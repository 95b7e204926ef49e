import type { Result } from './result.ts';
import type { Server } from './server/server.ts';
import type { Calling } from './session/access.ts';
import type { Output } from './terminal/output.ts';

/** An option of a command. With `value` it takes an argument of that name. Without, it is a flag. */
export interface Option {
  value?: string;
  text: string;
  /** The only values that the option accepts. */
  choices?: readonly string[];
  /** Parses the text after the option. `flag` is the option as typed, for the error message if the text is invalid. */
  read?(text: string, flag: string): unknown;
}

type Options = Readonly<Record<string, Option>>;

/** A flag is a boolean. Any other option is undefined if it is not given. */
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
  /** The command's words, such as `invites create`. */
  name: string;
  summary: string;
  /** The positional arguments, as commander writes them: `<FILE>`, `<ID...>`. */
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
