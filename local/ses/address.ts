import { invalid } from './errors.ts';

/** Control characters. A line break would turn one header into two. */
export const control = /\p{Cc}/u;

const local = /^[!#$%&'*+/=?^_`{|}~0-9A-Za-z-]+(?:\.[!#$%&'*+/=?^_`{|}~0-9A-Za-z-]+)*$/;
const label = '[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?';
const domain = new RegExp(`^${label}(?:\\.${label})+$`);

/**
 * The bare address in `text`, which is `user@example.com` or `Name <user@example.com>`. Throws SES's error for an address that
 * SES cannot send to. SES accepts ASCII only: a name as an encoded word, a domain as Punycode.
 */
export function bareAddress(text: string): string {
  if (control.test(text)) throw invalid('Address contains control characters or line breaks');
  if (!/^\p{ASCII}*$/u.test(text))
    throw invalid('Address contains characters beyond ASCII; encode the name (RFC 2047)');
  const address = /^[^<>]*<([^<>]*)>$/.exec(text.trim())?.[1] ?? text.trim();
  const at = address.lastIndexOf('@');
  if (at < 1) throw invalid("Missing final '@domain'");
  if (!local.test(address.slice(0, at)) || at > 64) throw invalid('Illegal address: local part');
  if (!domain.test(address.slice(at + 1)) || address.length > 320) throw invalid('Illegal address: domain');
  return address;
}
