import { bareAddress, control } from './address.ts';
import { invalid, SesError } from './errors.ts';
import type { Form } from './form.ts';

/** A mail that SES accepts. */
export interface Message {
  /** As the sender wrote it, perhaps with a name. */
  from: string;
  /** The Reply-To addresses, as the sender wrote them. If absent, replies go to the sender. */
  replyTo?: string;
  /** The bare addresses of To, Cc and Bcc, in this order: 1 to 50. */
  recipients: readonly string[];
  subject: string;
  /** Empty if the mail has no such part. At least one of `text` and `html` is not empty. */
  text: string;
  html: string;
  configurationSet?: string;
  tags: Readonly<Record<string, string>>;
}

const maxRecipients = 50;
const tagPart = /^[A-Za-z0-9_-]{1,256}$/;

function readRecipients(form: Form): string[] {
  const recipients = ['To', 'Cc', 'Bcc'].flatMap((kind) =>
    form.list(`Destination.${kind}Addresses`).map(bareAddress),
  );
  if (recipients.length === 0) throw invalid('Missing required header: at least one destination address');
  if (recipients.length > maxRecipients) throw invalid(`Recipient count exceeds ${maxRecipients}.`);
  return recipients;
}

function readTags(form: Form): Record<string, string> {
  const values = form.list('Tags', '.Value');
  const tags = form.list('Tags', '.Name').map((name, at) => [name, values[at] ?? ''] as const);
  for (const part of tags.flat()) {
    if (!tagPart.test(part)) throw invalid(`Invalid message tag: <${part}>`);
  }
  return Object.fromEntries(tags);
}

function readSubject(form: Form): string {
  const subject = form.required('Message.Subject.Data');
  if (control.test(subject)) throw invalid('Subject contains control characters or line breaks');
  return subject;
}

/**
 * Reads and checks a SendEmail request in the order of SES: its form first, then whether the sender may send.
 * @param verified whether the bare address `from`, or its domain, is an identity of the account
 */
export function readSendEmail(form: Form, verified: (from: string) => boolean): Message {
  const from = form.required('Source');
  const sender = bareAddress(from);
  const recipients = readRecipients(form);
  const replyTo = form.list('ReplyToAddresses');
  replyTo.forEach(bareAddress);
  const subject = readSubject(form);
  const text = form.optional('Message.Body.Text.Data') ?? '';
  const html = form.optional('Message.Body.Html.Data') ?? '';
  if (text === '' && html === '') throw invalid('The message has neither a text nor an HTML body.');
  const tags = readTags(form);
  if (!verified(sender)) {
    throw new SesError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check: ${from}`,
    );
  }
  const configurationSet = form.optional('ConfigurationSetName');
  return {
    from,
    recipients,
    subject,
    text,
    html,
    tags,
    ...(replyTo.length > 0 && { replyTo: replyTo.join(', ') }),
    ...(configurationSet !== undefined && { configurationSet }),
  };
}
