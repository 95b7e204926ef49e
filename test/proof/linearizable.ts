/** What a client did: when it asked and when it was answered, as places in the order of all these moments. */
export interface Event<Input, Output> {
  input: Input;
  /** Undefined where no answer came, or one that does not say: it may have happened, may happen later, or never. */
  output: Output | undefined;
  asked: number;
  answered: number;
}

/** What may happen one after the other. */
export interface Specification<State, Input, Output> {
  /** As JSON, states that are alike must be equal. */
  initial: State;
  /** The states that may follow when `input` has been answered so; none where it cannot. Without an answer, all that it may do. */
  step(state: State, input: Input, output: Output | undefined): readonly State[];
}

/**
 * Whether there is an order in which the events could have happened one after the other, each between its question and its
 * answer (Herlihy and Wing, 1990). The search is Wing's and Gong's, which remembers where it has been (Lowe, 2017).
 * @returns such an order; undefined where there is none.
 */
export function linearize<State, Input, Output>(
  events: readonly Event<Input, Output>[],
  { initial, step }: Specification<State, Input, Output>,
): readonly Event<Input, Output>[] | undefined {
  const visited = new Set<string>();
  /** `left` holds events by their number. */
  const search = (left: readonly number[], state: State): Event<Input, Output>[] | undefined => {
    const place = `${left.join()} ${JSON.stringify(state)}`;
    if (visited.has(place)) return undefined;
    visited.add(place);
    // What nobody knows to have happened need not have.
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

/** Takes down what clients do at the same time. */
export class History<Input, Output> {
  readonly events: Event<Input, Output>[] = [];
  #moment = 0;

  /** Asks, and takes down when and with what it was answered; with an answer that says nothing it never ended. */
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

/** A history as people read it. */
export const showHistory = (events: readonly Event<unknown, unknown>[]): string =>
  events
    .map(({ input, output, asked, answered }) => {
      const result = output === undefined ? 'no answer' : JSON.stringify(output);
      return `${asked}-${output === undefined ? '' : answered}: ${JSON.stringify(input)} -> ${result}`;
    })
    .join('\n');
