import { conditionalWrite } from '../aws/conditional-write.ts';
import { readRow } from '../aws/read-row.ts';
import { minute, toSeconds } from '../clock.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { TryOutcome } from '../mail/deliver.ts';
import type { CodeMail } from '../mail/outbox.ts';
import { codesRef } from './code-rows.ts';
import {
  emailOf,
  flowKey,
  isForCaller,
  purposeOf,
  stateOf,
  type CodeLetter,
  type Flow,
} from './mail-code.ts';

/** Key of the one row that says when the last refused mail of a code that needs no session was refused. */
const openKey = 'refused';
/** How long pages tell of that refusal. By then the mail was tried two more times. */
const toldMs = 10 * minute;

/** Records in the letter when the mail of a signed-in caller's code was refused; null if it was sent after all. */
const noteAtCode = (config: Config, { letter, n }: CodeMail, refusedAt: number | null) =>
  conditionalWrite({
    Update: {
      ...codesRef(config, letter),
      UpdateExpression: 'SET refusedAt = :at',
      ConditionExpression: 'n = :n',
      ExpressionAttributeValues: { ':at': refusedAt, ':n': n },
    },
  });

/** Records refusals that SES reports late. A refusal for one mailbox concerns only the signed-in user who waits for that mail. */
export const noteReturns = capability('refusals', [onTable('codes', 'UpdateItem')], (config) => ({
  async returned(mail: CodeMail, now: number): Promise<void> {
    if (isForCaller(purposeOf(mail.letter))) await noteAtCode(config, mail, now);
  },
}));

/**
 * Records for users who wait for a code that its mail was refused, or was sent after all. A signed-in user learns about their own
 * mail. All others learn only that some mail was refused: no mail is sent to an address without an account, so a page that knew about
 * its own mail would reveal which addresses have one (C104).
 */
export const noteRefusals = capability('refusals', [onTable('codes', 'PutItem', 'UpdateItem')], (config) => ({
  async note(mail: CodeMail, outcome: TryOutcome, now: number): Promise<void> {
    const refusedAt = outcome === 'sent' ? null : now;
    if (isForCaller(purposeOf(mail.letter))) {
      await noteAtCode(config, mail, refusedAt);
    } else if (outcome !== 'suppressed') {
      // A suppressed mailbox gets no mail, which says nothing about other mails.
      const { TableName, Key } = codesRef(config, openKey);
      const Item = { ...Key, refusedAt, ttl: toSeconds(now + toldMs) };
      await conditionalWrite({ Put: { TableName, Item } });
    }
  },
}));

/** What the page of a flow shows about its mail. */
export interface Waiting {
  /** Whether mail was refused. */
  isRefused: boolean;
  /** The address that the code was requested for; absent for a signed-in user's code, and once the code has expired. */
  email?: string;
}

/** Tells the page of a flow for which address the code was requested, and whether mail was refused. */
export const readRefusals = capability('refusals', [onTable('codes', 'GetItem')], (config) => ({
  async ofFlow(flow: string, now: number): Promise<Waiting> {
    const opened = await readRow<Flow>(codesRef(config, flowKey(flow)));
    if (!opened) return { isRefused: false };
    const letter = await readRow<CodeLetter>(codesRef(config, opened.letter));
    const state = stateOf(opened, letter, now);
    if (state === 'over') return { isRefused: false };
    if (isForCaller(purposeOf(opened.letter)))
      return { isRefused: state === 'open' && Boolean(letter?.refusedAt) };
    const { refusedAt } = (await readRow<Pick<CodeLetter, 'refusedAt'>>(codesRef(config, openKey))) ?? {};
    const isRefused = refusedAt ? now < refusedAt + toldMs : false;
    return { isRefused, email: emailOf(opened.letter) };
  },
}));
