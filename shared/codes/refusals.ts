import { conditionalWrite } from '../aws/conditional-write.ts';
import { readRow } from '../aws/read-row.ts';
import { minute, toSeconds } from '../clock.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { TryOutcome } from '../mail/deliver.ts';
import type { CodeMail } from '../mail/outbox.ts';
import { codesRef } from './code-rows.ts';
import { emailOf, flowKey, isForCaller, purposeOf, type CodeLetter } from './mail-code.ts';

/** The row that says when a mail was refused whose code needs no session. */
const openKey = 'refused';
/** How long that is told. By then the mail was tried twice again. */
const toldMs = 10 * minute;

/** Takes down at a caller's own code when its mail was refused; null for one that was sent after all. */
const noteAtCode = (config: Config, { letter, n }: CodeMail, refusedAt: number | null) =>
  conditionalWrite({
    Update: {
      ...codesRef(config, letter),
      UpdateExpression: 'SET refusedAt = :at',
      ConditionExpression: 'n = :n',
      ExpressionAttributeValues: { ':at': refusedAt, ':n': n },
    },
  });

/** Takes down what SES reports late. That one mailbox gets no mail concerns only who is signed in and waits for it. */
export const noteReturns = capability('refusals', [onTable('codes', 'UpdateItem')], (config) => ({
  async returned(mail: CodeMail, now: number): Promise<void> {
    if (isForCaller(purposeOf(mail.letter))) await noteAtCode(config, mail, now);
  },
}));

/**
 * Takes down for those who wait for a code that its mail was refused, or was sent after all. Who is signed in hears of their own
 * mail. All others hear that some mail was refused, whichever it was: nothing is sent to an address without an account, and a page
 * that knew of its own mail would tell which addresses have one (C104).
 */
export const noteRefusals = capability('refusals', [onTable('codes', 'PutItem', 'UpdateItem')], (config) => ({
  async note(mail: CodeMail, outcome: TryOutcome, now: number): Promise<void> {
    const refusedAt = outcome === 'sent' ? null : now;
    if (isForCaller(purposeOf(mail.letter))) {
      await noteAtCode(config, mail, refusedAt);
    } else if (outcome !== 'suppressed') {
      // That one mailbox gets no mail concerns nobody else.
      const { TableName, Key } = codesRef(config, openKey);
      const Item = { ...Key, refusedAt, ttl: toSeconds(now + toldMs) };
      await conditionalWrite({ Put: { TableName, Item } });
    }
  },
}));

/** What the page of a flow knows. */
export interface Waiting {
  /** Whether mail was refused. */
  isRefused: boolean;
  /** The address that the code was asked for, where whoever asked typed it. */
  email?: string;
}

/** Tells who waits with a flow what they wait for, and whether mail was refused. */
export const readRefusals = capability('refusals', [onTable('codes', 'GetItem')], (config) => ({
  async ofFlow(flow: string, now: number): Promise<Waiting> {
    type Opened = Pick<CodeLetter, 'n' | 'expiresAt'> & { letter: string };
    const opened = await readRow<Opened>(codesRef(config, flowKey(flow)));
    if (!opened) return { isRefused: false };
    const letter = await readRow<CodeLetter>(codesRef(config, opened.letter));
    const isOpen = letter?.n === opened.n;
    // A letter that was mailed once more lives on, in flows of before too.
    if ((isOpen ? letter : opened).expiresAt <= now) return { isRefused: false };
    if (isForCaller(purposeOf(opened.letter))) return { isRefused: isOpen && Boolean(letter.refusedAt) };
    const { refusedAt } = (await readRow<Pick<CodeLetter, 'refusedAt'>>(codesRef(config, openKey))) ?? {};
    const isRefused = refusedAt ? now < refusedAt + toldMs : false;
    return { isRefused, email: emailOf(opened.letter) };
  },
}));
