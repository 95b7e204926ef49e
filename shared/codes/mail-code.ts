import { day, minute } from '../clock.ts';
import { readCode } from '../invites/invite-code.ts';

/** The operation that takes a mailed code. The code is valid for no other (C31). */
export const purposes = ['email-verify', 'password-reset', 'email-update', 'session-create'] as const;
export type Purpose = (typeof purposes)[number];

/** A code mailed to an address for a purpose. The code itself is not stored: it is derived from these fields. */
export interface CodeLetter {
  pk: string;
  purpose: Purpose;
  subject: string;
  /** Random, and the letter's own, so that the next letter has another code. */
  n: string;
  email: string;
  /** The user whom the code is for; absent if the code was requested without a session. */
  userId?: string;
  /** How often the code was mailed, and when last (milliseconds). */
  mails: number;
  mailedAt: number;
  /** Milliseconds. */
  expiresAt: number;
  /** When its mail was refused (milliseconds). Reset to null when the mail is sent or requested again. */
  refusedAt?: number | null;
}

/** The receiver of a code: an address and, if the purpose needs a session, the session's user at that address (C43). */
export interface CodeSubject {
  purpose: Purpose;
  email: string;
  /** Present if and only if the purpose needs a session. */
  userId?: string | undefined;
}

/** Whether a code of this purpose is for the signed-in caller; the others are for the reader of the mailbox. */
export const isForCaller = (purpose: Purpose): boolean =>
  purpose === 'email-verify' || purpose === 'email-update';

/** How long after a code's end a caller who types it still learns that it has expired. */
export const codeToldMs = day;
/** How often one code is mailed, and the least time between two of its mails. */
const mailsPerLetter = 3;
const mailPauseMs = minute;

/** Wrong codes that end a flow. */
export const triesPerFlow = 5;

export const codeLength = 6;

const subjectOf = ({ email, userId }: CodeSubject): string =>
  userId === undefined ? email : `${userId}#${email}`;

/** Key of the letter of a subject. */
export const letterKey = (wanted: CodeSubject): string => `letter#${wanted.purpose}#${subjectOf(wanted)}`;

/** The purpose of the letter with this key. */
export const purposeOf = (key: string): Purpose => key.split('#')[1] as Purpose;

/** The address of the letter with this key, whose purpose must be one that needs no session. */
export const emailOf = (key: string): string => key.slice(key.indexOf('#', key.indexOf('#') + 1) + 1);

export const flowKey = (id: string): string => `flow#${id}`;

/** A flow: what a caller opened to type a code. */
export interface Flow {
  /** Key of the letter that the flow was opened for, and the letter's `n` then. */
  letter: string;
  n: string;
  /** Milliseconds. */
  expiresAt: number;
}

/** Whether a flow's code is still valid, has expired, or was replaced by another letter's code. */
export function stateOf(
  flow: Flow,
  letter: CodeLetter | undefined,
  now: number,
): 'open' | 'over' | 'replaced' {
  const isOpen = letter?.n === flow.n;
  // Mailing a letter again extends its life, in earlier flows too.
  if ((isOpen ? letter : flow).expiresAt <= now) return 'over';
  return isOpen ? 'open' : 'replaced';
}

/** A letter that is not mailed yet. */
export const newLetter = (wanted: CodeSubject, n: string, expiresAt: number): CodeLetter => ({
  pk: letterKey(wanted),
  purpose: wanted.purpose,
  subject: subjectOf(wanted),
  n,
  email: wanted.email,
  ...(wanted.userId !== undefined && { userId: wanted.userId }),
  mails: 0,
  mailedAt: 0,
  expiresAt,
});

/** Whether the letter may be mailed now: at most `mailsPerLetter` times, at least `mailPauseMs` after its last mail. */
export const isMailable = ({ mails, mailedAt }: CodeLetter, now: number): boolean =>
  mails < mailsPerLetter && now - mailedAt >= mailPauseMs;

/**
 * The letter mailed once more. The code stays, so that no caller can void another caller's code (C44). Each mail renews
 * the expiry, so that the code is valid for as long as the mail says.
 */
export const mailed = (letter: CodeLetter, now: number, expiresAt: number): CodeLetter => ({
  ...letter,
  mails: letter.mails + 1,
  mailedAt: now,
  expiresAt,
  refusedAt: null,
});

/** The message whose HMAC is the code of a letter. */
export const codeMessage = ({ purpose, subject, n }: Pick<CodeLetter, 'purpose' | 'subject' | 'n'>): string =>
  `mail-code|${purpose}|${subject}|${n}`;

/** The one spelling of a mailed code as people type it; undefined for what cannot be one. */
export function readMailCode(typed: string): string | undefined {
  const code = readCode(typed);
  return code?.length === codeLength ? code : undefined;
}
