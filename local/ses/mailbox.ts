import * as z from 'zod/mini';
import { JsonLines } from '../base/json-file.ts';
import { deliveries } from './delivery.ts';

const schema = z.object({
  id: z.string(),
  /** The bare address; several are joined by ", ". */
  to: z.string(),
  /** As the sender wrote it. */
  from: z.string(),
  subject: z.string(),
  /** Empty when the mail has no such part. */
  text: z.string(),
  html: z.string(),
  /** When it was sent, ISO 8601 UTC. */
  at: z.string(),
  delivery: z.enum(deliveries),
  configurationSet: z.exactOptional(z.string()),
});

export type StoredMail = z.output<typeof schema>;

const expected = {
  schema,
  holds: 'the mails that were sent, which the inbox shows',
  remedy: 'Move it away and start again: nothing but those mails will be missing.',
};

const isTo = (mail: StoredMail, address: string): boolean =>
  mail.to.toLowerCase().split(', ').includes(address.toLowerCase());

/** All mails that were sent, oldest first. With a file (one JSON object a line) they outlive the process. */
export class Mailbox {
  readonly #mails: Map<string, StoredMail>;
  readonly #file: JsonLines<typeof schema> | undefined;

  constructor(file: string | undefined) {
    this.#file = file === undefined ? undefined : new JsonLines(file, expected);
    this.#mails = new Map(this.#file?.read().map((mail) => [mail.id, mail]));
  }

  add(mail: StoredMail): void {
    this.#file?.add(mail);
    this.#mails.set(mail.id, mail);
  }

  /** Forgets all of a mailbox that is kept in memory. */
  clear(): void {
    this.#mails.clear();
  }

  find(id: string): StoredMail | undefined {
    return this.#mails.get(id);
  }

  /** All, or those of which `to` is a recipient, in any case of letters; newest last. */
  list(to?: string): StoredMail[] {
    const mails = [...this.#mails.values()];
    return to === undefined ? mails : mails.filter((mail) => isTo(mail, to));
  }
}
