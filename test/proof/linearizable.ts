/** An act of a client. `asked` and `answered` are positions in the order of all requests and answers. */
export interface Event<Input, Output> {
  input: Input;
  /** Undefined if no answer came, or an ambiguous one: the act may have happened, may happen later, or never. */
  output: Output | undefined;
  asked: number;
  answered: number;
}

/** The permitted sequential behaviour. */
export interface Specification<State, Input, Output> {
  /** Equal states must have the same JSON. */
  initial: State;
  /** The states that may follow if `input` got this answer; none if it cannot. Without an answer, every state that may follow. */
  step(state: State, input: Input, output: Output | undefined): readonly State[];
}

/**
 * Looks for an order in which the events could have happened one after the other, each between its request and its answer
 * (Herlihy and Wing, 1990). The search is Wing's and Gong's, and remembers visited states (Lowe, 2017).
 * @returns the order; undefined if there is none.
 */
export function linearize<State, Input, Output>(
  events: readonly Event<Input, Output>[],
  { initial, step }: Specification<State, Input, Output>,
): readonly Event<Input, Output>[] | undefined {
  const visited = new Set<string>();
  /** `left` holds the numbers of the remaining events. */
  const search = (left: readonly number[], state: State): Event<Input, Output>[] | undefined => {
    const place = `${left.join()} ${JSON.stringify(state)}`;
    if (visited.has(place)) return undefined;
    visited.add(place);
    // Events without an answer need not have happened.
    if (left.every((at) => events[at]!.output === undefined)) return [];
    const firstAnswer = Math.min(...left.map((at) => endOf(events[at]!)));
    for (const at of left) {
      const event = events[at]!;
      if (event.asked > firstAnswer) continue;
      const others = left.filter((other) => other !== at);
      for (const next of step(state, event.input, event.output)) {
        const rest = search(others, next);
        if (rest) return [event, ...rest];
      }
    }
    return undefined;
  };
  return search([...events.keys()], initial);
}

const endOf = ({ output, answered }: Event<unknown, unknown>): number =>
  output === undefined ? Infinity : answered;

/** Records the acts of simultaneous clients. */
export class History<Input, Output> {
  readonly events: Event<Input, Output>[] = [];
  #moment = 0;

  /** Acts, and records when the answer came and what it was. If the answer is ambiguous, the act counts as unanswered. */
  async record(input: Input, ask: () => Promise<Output | undefined>): Promise<void> {
    const event: Event<Input, Output> = {
      input,
      output: undefined,
      asked: this.#moment++,
      answered: Infinity,
    };
    this.events.push(event);
    event.output = await ask();
    event.answered = this.#moment++;
  }
}

/** A history in readable form. */
export const showHistory = (events: readonly Event<unknown, unknown>[]): string =>
  events
    .map(({ input, output, asked, answered }) => {
      const result = output === undefined ? 'no answer' : JSON.stringify(output);
      return `${asked}-${output === undefined ? '' : answered}: ${JSON.stringify(input)} -> ${result}`;
    })
    .join('\n');
