import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { minute, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import {
  codeToldMs,
  flowKey,
  isForCaller,
  isMailable,
  letterKey,
  mailed,
  newLetter,
  type CodeLetter,
  type CodeSubject,
} from './mail-code.ts';
import { Failure } from '../errors/failure.ts';
import { codesRef } from './code-rows.ts';
import { newId } from '../random.ts';
import { mailCountWrite } from '../guards/mail-count.ts';
import { codeMailWrite } from '../mail/outbox.ts';
import { transact, type Write } from '../aws/transaction.ts';

/** The most mails of codes in a day that go to one mailbox, or that one signed-in user causes. */
const mailsPerDay = 10;
/** How often to try when another request writes the same letter first. */
const rounds = 5;

/** Opens flows: each holds one caller's tries at a code, apart from those of other callers. */
export const openFlows = capability(
  'flows',
  [onTable('codes', 'GetItem', 'PutItem'), onTable('mails', 'PutItem'), onTable('counters', 'UpdateItem')],
  (config) => ({
    /**
     * Opens a flow, and queues the mail of its code if the code may be mailed now. It makes the same calls and writes
     * whether or not the account exists, so that callers cannot tell. Only the mailer looks the account up.
     * @param isProven whether the caller is signed in and has a proven mailbox.
     * @returns the flow's id.
     * @throws Failure `busy` when other requests write the letter first in every round.
     */
    async open(wanted: CodeSubject, isProven: boolean, now: number): Promise<string> {
      const codes = config.table('codes');
      const pk = letterKey(wanted);
      // A flow is open for as long as a code is valid after its mail.
      const endsAt = now + config.settings.codeMinutes * minute;
      let mayMail = true;
      for (let round = 0; round < rounds; round += 1) {
        const known = await readRow<CodeLetter>(codesRef(config, pk));
        const isLive = known !== undefined && known.expiresAt > now;
        const letter = isLive ? known : newLetter(wanted, newId(), endsAt);
        const mails = mayMail && isMailable(letter, now);
        const next = mails ? mailed(letter, now, endsAt) : letter;
        const id = newId();
        // The mail links to a flow of its own, which only its reader knows: others cannot use up its tries.
        const ofMail = newId();
        const refused = await transact({
          letter: next === known ? undefined : letterWrite(codes, next, known, now),
          flow: flowWrite(codes, id, letter, endsAt),
          flowOfMail: mails ? flowWrite(codes, ofMail, letter, endsAt) : undefined,
          mail: mails ? codeMailWrite(config, letter, ofMail, !isProven, now) : undefined,
          budget: mails ? budgetWrite(config, letter, now) : undefined,
          mailbox: mails ? mailboxWrite(config, letter, isProven, now) : undefined,
        });
        if (refused.length === 0) return id;
        if (refused.includes('budget') || refused.includes('mailbox')) mayMail = false;
      }
      throw new Failure('busy');
    },
  }),
);

/**
 * Writes the letter in place of the one that was read, if any. If the letter as read was still valid and has disappeared, its code
 * was used meanwhile and must not come back (C40). An expired letter may have disappeared by its `ttl`.
 */
function letterWrite(
  TableName: string,
  letter: CodeLetter,
  known: CodeLetter | undefined,
  now: number,
): Write {
  const Item = { ...letter, ttl: toSeconds(letter.expiresAt + codeToldMs) };
  if (!known) return { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  const asRead = 'n = :n AND mails = :mails';
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: known.expiresAt > now ? asRead : `attribute_not_exists(pk) OR (${asRead})`,
      ExpressionAttributeValues: { ':n': known.n, ':mails': known.mails },
    },
  };
}

function flowWrite(TableName: string, id: string, { pk: letter, n }: CodeLetter, expiresAt: number): Write {
  // `tries` is for a rollback to release 1.0.0, which counts there what `taken` holds now.
  const Item = { pk: flowKey(id), letter, n, tries: 0, expiresAt, ttl: toSeconds(expiresAt + codeToldMs) };
  return { Put: { TableName, Item } };
}

/**
 * Counts a mail that a signed-in user causes to a mailbox that may be a stranger's. The count belongs to the mailbox, so that neither
 * many users nor a user who registers again and again can flood it. Mails that users with a proven mailbox cause, mails that users
 * without one cause, and mails of accounts to their own address are counted apart, so that none uses up another's budget (C98).
 */
function mailboxWrite(
  config: Config,
  { purpose, email }: CodeLetter,
  isProven: boolean,
  now: number,
): Write | undefined {
  // A code that needs no session is its reader's way back into the account. Its first mail is always sent (C44).
  if (!isForCaller(purpose)) return undefined;
  const by = purpose === 'email-verify' ? 'own' : isProven ? 'proven' : 'strangers';
  // The name has colons, which no address has: otherwise an address spelled like it would share its count.
  return mailCountWrite(config, `to:${by}:${email}`, mailsPerDay, now);
}

/**
 * Counts a mail of the day. The first mail of a letter that needs no session is always sent, so a stranger cannot use
 * up the owner's mails (C44).
 */
function budgetWrite(config: Config, { userId, email, mails }: CodeLetter, now: number): Write {
  const isLimited = userId !== undefined || mails > 0;
  return mailCountWrite(config, userId ?? email, isLimited ? mailsPerDay : undefined, now);
}
