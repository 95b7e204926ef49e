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
  replyTo: z.exactOptional(z.string()),
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

/** The number of newest mails kept. A thousand mails take about ten megabytes. */
export const mostMails = 2_000;

/** The newest mails that were sent, oldest first. With a file (one JSON object per line) they outlive the process. */
export class Mailbox {
  readonly #mails: Map<string, StoredMail>;
  readonly #file: JsonLines<typeof schema> | undefined;
  /** The number of lines in the file. */
  #lines: number;

  constructor(file: string | undefined) {
    this.#file = file === undefined ? undefined : new JsonLines(file, expected);
    const kept = this.#file?.read() ?? [];
    this.#mails = new Map(kept.slice(-mostMails).map((mail) => [mail.id, mail]));
    this.#lines = kept.length;
  }

  add(mail: StoredMail): void {
    this.#mails.set(mail.id, mail);
    const [oldest] = this.#mails.keys();
    if (oldest !== undefined && this.#mails.size > mostMails) this.#mails.delete(oldest);
    this.#file?.add(mail);
    this.#lines += 1;
    if (this.#lines < 2 * mostMails) return;
    this.#file?.replace(this.#mails.values());
    this.#lines = this.#mails.size;
  }

  /** Forgets the mails in memory. A file keeps its lines. */
  clear(): void {
    this.#mails.clear();
  }

  find(id: string): StoredMail | undefined {
    return this.#mails.get(id);
  }

  /** All mails, or only those with `to` among their recipients, ignoring case; newest last. */
  list(to?: string): StoredMail[] {
    const mails = [...this.#mails.values()];
    return to === undefined ? mails : mails.filter((mail) => isTo(mail, to));
  }
}
