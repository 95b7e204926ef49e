import { SesError } from './errors.ts';

/** Reading of an AWS Query request: `Action=SendEmail&Destination.ToAddresses.member.1=…`. */
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

  /** The list at `name`, in order; `part` is the member of each element, when the elements are structures. */
  list(name: string, part = ''): string[] {
    const values: string[] = [];
    for (let value; (value = this.optional(`${name}.member.${values.length + 1}${part}`)) !== undefined;) {
      values.push(value);
    }
    return values;
  }
}
