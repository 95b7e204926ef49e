/** Exit codes, for scripts. */
export const exit = {
  done: 0,
  /** The server refused, or a part of the work failed. */
  refused: 1,
  /** The command line or a file that it names is wrong. */
  usage: 2,
  /** The user is not signed in, or no longer. */
  signedOut: 3,
  /** There was no answer. */
  unreachable: 4,
  /** SIGINT (Ctrl-C). As in shells, a signal's exit code is 128 plus its number. */
  interrupted: 130,
  /** SIGHUP: the terminal went away. */
  hungUp: 129,
  /** SIGTERM */
  terminated: 143,
} as const;

/** Signals that end a command, each with its exit code. */
export const endingSignals = {
  SIGINT: exit.interrupted,
  SIGTERM: exit.terminated,
  SIGHUP: exit.hungUp,
} as const;

/** An error that is meant for the person at the terminal: shown as its message and lines, without a stack trace. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly code: number;
  /** The lines after the message. */
  lines: readonly string[];
  /** Whether the server may have carried out the request nevertheless. */
  mayBeDone = false;

  constructor(code: number, message: string, lines: readonly string[] = []) {
    super(message);
    this.code = code;
    this.lines = lines;
  }
}

/** The command line cannot be understood. */
export const wrongUsage = (message: string, lines: readonly string[] = []): CommandError =>
  new CommandError(exit.usage, message, lines);

/**
 * The error for a user who is not signed in.
 * @param wayIn the command that signs in.
 */
export const signedOut = (message: string, wayIn = 'latchkey login'): CommandError =>
  new CommandError(exit.signedOut, message, [`Sign in with: ${wayIn}`]);

/**
 * Why no answer came: `unsent`, no server listens; `lost`, the connection broke or the answer is late, and the request may have
 * arrived; `hopeless`, a retry cannot help, such as with a wrong certificate.
 */
export type Loss = 'unsent' | 'lost' | 'hopeless';

/** No answer came. */
export class Unreachable extends CommandError {
  override readonly name = 'Unreachable';
  readonly loss: Loss;

  constructor(url: string, reason: string, loss: Loss) {
    super(exit.unreachable, `Cannot reach ${url}: ${reason}.`);
    this.loss = loss;
  }
}

/** The server's refusal, in its own words. */
export class Refused extends CommandError {
  override readonly name = 'Refused';
  readonly status: number;
  /** A code of Latchkey's table of errors; absent if something in front of Latchkey answered. */
  readonly problem: string | undefined;
  readonly requestId: string | undefined;
  /** Seconds to wait, if the server said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    title: string,
    lines: readonly string[],
    {
      problem,
      requestId,
      retryAfterSeconds,
    }: {
      problem?: string | undefined;
      requestId?: string | undefined;
      retryAfterSeconds?: number | undefined;
    } = {},
  ) {
    super(status === 401 && problem === 'unauthenticated' ? exit.signedOut : exit.refused, title, lines);
    this.status = status;
    this.problem = problem;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Whether the server refused the request itself, not its sender or its rate. */
export const isAboutRequest = (error: unknown): error is Refused =>
  error instanceof Refused &&
  error.status >= 400 &&
  error.status < 500 &&
  ![401, 403, 429].includes(error.status);
