import { JsonLines } from '../base/json-file.ts';
import type { Delivery } from './delivery.ts';

export interface StoredMail {
  id: string;
  /** The bare address; several are joined by ", ". */
  to: string;
  /** As the sender wrote it. */
  from: string;
  subject: string;
  /** Empty when the mail has no such part. */
  text: string;
  html: string;
  /** When it was sent, ISO 8601 UTC. */
  at: string;
  delivery: Delivery;
  configurationSet?: string;
}

const isTo = (mail: StoredMail, address: string): boolean =>
  mail.to.toLowerCase().split(', ').includes(address.toLowerCase());

/** Every mail that was sent, oldest first. With a file (one JSON object a line) they outlive the process. */
export class Mailbox {
  readonly #mails: Map<string, StoredMail>;
  readonly #file: JsonLines<StoredMail> | undefined;

  constructor(file: string | undefined) {
    this.#file = file === undefined ? undefined : new JsonLines(file);
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
