import { reasonOf } from '../http/field-mistakes.ts';
import { domainField } from '../invites/create-body.ts';
import type { InviteKind } from '../invites/invite.ts';
import type { Locale } from '../locale.ts';
import type { Settings } from '../deployment/settings.ts';
import { emailField } from '../users/fields.ts';

/** An address or a domain as an administrator typed it. If it is neither, `email` is absent and `reason` says why. */
export interface TypedEntry {
  typed: string;
  email: string | undefined;
  reason: string | undefined;
}

/** The addresses or domains that the administrator names, in their order. */
export function typedEntries(
  { kind, emails = [] }: { kind?: InviteKind | undefined; emails?: readonly string[] | undefined },
  locale: Locale,
): TypedEntry[] {
  const field = kind === 'domain' ? domainField : emailField;
  return emails.map((typed) => {
    const { data: email, error } = field.safeParse(typed);
    return { typed, email, reason: reasonOf(error, typed, locale) };
  });
}

/** Whether invites for addresses are mailed: not to a domain, not without a sender, and not if the administrator says no. */
export const goOutByMail = (
  { kind, send = true }: { kind?: InviteKind | undefined; send?: boolean | undefined },
  { mailFrom }: Pick<Settings, 'mailFrom'>,
): boolean => kind !== 'domain' && mailFrom !== null && send;
