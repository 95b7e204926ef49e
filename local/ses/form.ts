import { SesError } from './errors.ts';

/** Reads an AWS Query request: `Action=SendEmail&Destination.ToAddresses.member.1=…`. */
export class Form {
  readonly #params: URLSearchParams;

  constructor(body: string) {
    this.#params = new URLSearchParams(body);
  }

  /** Undefined when missing. */
  optional(name: string): string | undefined {
    return this.#params.get(name) ?? undefined;
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value !== undefined) return value;
    throw new SesError(
      'ValidationError',
      `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  }

  /** The list at `name`, in order. If the elements are structures, `part` is the member to read of each. */
  list(name: string, part = ''): string[] {
    const values: string[] = [];
    for (let value; (value = this.optional(`${name}.member.${values.length + 1}${part}`)) !== undefined;) {
      values.push(value);
    }
    return values;
  }
}
