import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered } from './http.ts';

/** A browser without scripts. It keeps cookies and sends forms with its `Origin`, but follows no redirects. */
export class Visitor {
  readonly cookies: Record<string, string> = {};
  readonly #stack: Stack;
  readonly #headers: Record<string, string>;

  constructor(stack: Stack, language = 'en') {
    this.#stack = stack;
    this.#headers = { accept: 'text/html', 'accept-language': language };
  }

  async get(path: string): Promise<Answered> {
    const { cookies } = this;
    return this.#keep(await send(this.#stack, 'GET', path, { cookies, headers: this.#headers }));
  }

  async post(path: string, form: Readonly<Record<string, string>>): Promise<Answered> {
    const { cookies } = this;
    return this.#keep(await send(this.#stack, 'POST', path, { form, cookies, headers: this.#headers }));
  }

  /** Fills in the form of a page, over the values that the page put in, and sends it. */
  submit(page: Answered, path: string, typed: Readonly<Record<string, string>>): Promise<Answered> {
    return this.post(path, { ...fieldsOf(page.text), ...typed });
  }

  #keep<Body>(answer: Answered<Body>): Answered<Body> {
    for (const [name, { value, attributes }] of Object.entries(answer.cookies)) {
      if (/(^|; )Max-Age=0(;|$)/i.test(attributes)) delete this.cookies[name];
      else this.cookies[name] = value;
    }
    return answer;
  }
}

/** The inputs of a page with their initial values, without those of the page's frame, such as the language switch. */
export const fieldsOf = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.slice(Math.max(0, html.indexOf('<main'))).matchAll(/<input\b[^>]*>/g)].map(([input]) => {
      const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1] ?? '';
      return [attribute('name'), attribute('value')];
    }),
  );
