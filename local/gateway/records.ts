/** One AWS call that a function made. Never holds the call's content. */
export interface CallRecord {
  /** Milliseconds since 1970, on the stack's clock. */
  at: number;
  /** Id of the function; the access key id if no function has it. */
  function: string;
  service: string;
  action: string;
  /** Such as `table/users`, `table/invites/index/byEmail`, `key/tokens`. */
  resources: readonly string[];
  invocationId: string;
  /** HTTP status that the function got; 0 when the connection was broken. */
  status: number;
  /** The permission that the policy lacks, such as `dynamodb:PutItem table/users`. */
  denied?: string;
  /** Kind of the injected fault. */
  fault?: string | undefined;
}

/** The newest entries of a list that would otherwise grow for ever. */
export class Recent<T> {
  #entries: T[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(entry: T): void {
    this.#entries.push(entry);
    // Not on every addition, so that the cost of adding does not depend on the number of entries kept.
    if (this.#entries.length > 1.25 * this.#most) this.#entries = this.#entries.slice(-this.#most);
  }

  /** Oldest first. */
  list(): readonly T[] {
    return this.#entries.slice(-this.#most);
  }

  clear(): void {
    this.#entries = [];
  }
}
