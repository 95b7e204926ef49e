import { day, minute } from '../clock.ts';
import { readCode } from '../invites/invite-code.ts';

/** What a mailed code is good for, and nothing else (C31): the operation that takes it. */
export const purposes = ['email-verify', 'password-reset', 'email-update', 'session-create'] as const;
export type Purpose = (typeof purposes)[number];

/** What was mailed to an address for a purpose. The code itself is stored nowhere: it is derived from this. */
export interface CodeLetter {
  pk: string;
  purpose: Purpose;
  subject: string;
  /** Of this letter alone, at random: the next letter's code is another one. */
  n: string;
  email: string;
  /** The user whom the code is for; absent where the code was asked for without a session. */
  userId?: string;
  /** How often the code was mailed, and when last. */
  mails: number;
  mailedAt: number;
  /** Milliseconds. */
  expiresAt: number;
  /** When its mail was refused (milliseconds), until it is sent or asked for again. */
  refusedAt?: number | null;
}

/** The receiver of a code: an address, and where the purpose asks for a session, its user at that address (C43). */
export interface CodeSubject {
  purpose: Purpose;
  email: string;
  /** Given where, and only where, the purpose asks for a session. */
  userId?: string | undefined;
}

/** Whether a code of this purpose is for the signed-in caller; the others are for the reader of the mailbox. */
export const isForCaller = (purpose: Purpose): boolean =>
  purpose === 'email-verify' || purpose === 'email-update';

/** How long after its end it is known that a code has expired, to whoever types it. */
export const codeToldMs = day;
/** How often one code is mailed, and the least time between two of its mails. */
const mailsPerLetter = 3;
const mailPauseMs = minute;

/** Wrong codes that end a flow. */
export const triesPerFlow = 5;

export const codeLength = 6;

const subjectOf = ({ email, userId }: CodeSubject): string =>
  userId === undefined ? email : `${userId}#${email}`;

/** Where the letter of a subject lies. */
export const letterKey = (wanted: CodeSubject): string => `letter#${wanted.purpose}#${subjectOf(wanted)}`;

/** The purpose of a letter that lies there. */
export const purposeOf = (key: string): Purpose => key.split('#')[1] as Purpose;

/** The address of a letter that lies there and needs no session. */
export const emailOf = (key: string): string => key.slice(key.indexOf('#', key.indexOf('#') + 1) + 1);

export const flowKey = (id: string): string => `flow#${id}`;

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

/** Whether the letter may be mailed now: not at all too often, and not a moment after the last time. */
export const isMailable = ({ mails, mailedAt }: CodeLetter, now: number): boolean =>
  mails < mailsPerLetter && now - mailedAt >= mailPauseMs;

/**
 * The letter mailed once more. The code stays, so that no caller can void another's (C44), and each mail renews its
 * time, so that it is good for as long as the mail says.
 */
export const mailed = (letter: CodeLetter, now: number, expiresAt: number): CodeLetter => ({
  ...letter,
  mails: letter.mails + 1,
  mailedAt: now,
  expiresAt,
  refusedAt: null,
});

/** What the code of a letter is the HMAC of. */
export const codeMessage = ({ purpose, subject, n }: Pick<CodeLetter, 'purpose' | 'subject' | 'n'>): string =>
  `mail-code|${purpose}|${subject}|${n}`;

/** The one spelling of a mailed code as people type it; undefined for what cannot be one. */
export function readMailCode(typed: string): string | undefined {
  const code = readCode(typed);
  return code?.length === codeLength ? code : undefined;
}
