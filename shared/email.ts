import { domainToASCII, domainToUnicode } from 'node:url';
import { halfWidth, readable, seen } from './others-words.ts';

/** Characters of the part before @, and of each part of the domain (RFC 5321, 4.5.3.1.1; RFC 1035, 2.3.4). */
export const emailLimits = { local: 64, label: 63 } as const;

/** What can be wrong with an address: names of texts for its field. */
export type EmailMistake = 'email' | 'emailLetters' | 'emailLocal' | 'emailLabel' | 'emailHyphen';

/** Words with dots between (RFC 5322, 3.2.3), as SES takes them. */
const localPattern = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/i;

/**
 * A domain, or the beginning of one, as mail spells it: with non-ASCII labels as A-labels (RFC 5890), `xn--mller-kva.example` for
 * `müller.example`. Empty for a text that is not a domain. Node's function expects hosts of URLs: it would cut off the end of `a.com/x`
 * and turn `163` into `0.0.0.163`.
 */
function domainOf(typed: string): string {
  if (/[^a-z\d.\u0080-\uffff-]/i.test(typed)) return '';
  return /^\p{ASCII}*$/u.test(typed) ? typed.toLowerCase() : domainToASCII(typed);
}

/** The two parts of an address in their stored form; undefined if it has no @. */
function partsOf(typed: string): { local: string; domain: string } | undefined {
  const text = halfWidth(readable(typed));
  const at = text.lastIndexOf('@');
  if (at < 0) return undefined;
  return { local: seen(text.slice(0, at)), domain: domainOf(text.slice(at + 1)) };
}

/**
 * Gives each mailbox one spelling: addresses are compared and stored in lower case, with A-labels in the domain and without invisible
 * characters. Any other text, such as a username or the beginning of an address, also gets one spelling.
 */
export function normalizeEmail(typed: string): string {
  const parts = partsOf(typed);
  return (parts?.domain ? `${parts.local}@${parts.domain}` : seen(halfWidth(typed)).trim()).toLowerCase();
}

const isLabel = (label: string): boolean => /^[a-z\d-]+$/.test(label);

/** Whether the text is a whole domain. Node decodes only valid A-labels, so that an invalid one keeps its `xn--`. */
const isDomain = (domain: string, labels: readonly string[]): boolean =>
  labels.length > 1 &&
  labels.every(isLabel) &&
  !/^\d+$/.test(labels.at(-1)!) &&
  !/(^|\.)xn--/.test(domainToUnicode(domain));

/** The first mistake in an address, because of which no mail could be sent to it; undefined if it has none. */
export function mistakeInEmail(typed: string): EmailMistake | undefined {
  const { local = '', domain = '' } = partsOf(typed) ?? {};
  const labels = domain.split('.');
  if (/[^\0-\x7f]/.test(local)) return 'emailLetters';
  if (local.length > emailLimits.local) return 'emailLocal';
  if (labels.some((label) => label.length > emailLimits.label)) return 'emailLabel';
  if (labels.some((label) => /^-|-$/.test(label))) return 'emailHyphen';
  // Legal, but in an invite it stands for every address of a domain.
  if (local === '*') return 'email';
  return localPattern.test(local) && isDomain(domain, labels) ? undefined : 'email';
}

/** `yuki@example.com` → `y•••@example.com`: enough to recognise your own address, not enough to learn another person's. */
export const maskEmail = (email: string): string => email.replace(/^(.).*(?=@)/u, '$1•••');
