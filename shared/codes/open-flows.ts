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

/** Mails of codes that one mailbox, or one user who is signed in, may cause in a day. */
const mailsPerDay = 10;
/** Rounds in which another request writes the same letter first. */
const rounds = 5;

/** Opens flows: each holds one caller's tries at a code, apart from those of other callers. */
export const openFlows = capability(
  'flows',
  [onTable('codes', 'GetItem', 'PutItem'), onTable('mails', 'PutItem'), onTable('counters', 'UpdateItem')],
  (config) => ({
    /**
     * Opens a flow, and owes the mail of its code where one may be sent. It makes the same calls and writes whether or
     * not the account exists, which only the mailer looks up, so callers cannot tell.
     * @param isProven whether it is asked for by somebody signed in with a proven mailbox.
     * @returns the flow's id.
     * @throws Failure `busy` when others never stop writing the letter.
     */
    async open(wanted: CodeSubject, isProven: boolean, now: number): Promise<string> {
      const codes = config.table('codes');
      const pk = letterKey(wanted);
      // As long as a code is good after it was mailed, a flow is open.
      const endsAt = now + config.settings.codeMinutes * minute;
      let mayMail = true;
      for (let round = 0; round < rounds; round += 1) {
        const known = await readRow<CodeLetter>(codesRef(config, pk));
        const isLive = known !== undefined && known.expiresAt > now;
        const letter = isLive ? known : newLetter(wanted, newId(), endsAt);
        const mails = mayMail && isMailable(letter, now);
        const next = mails ? mailed(letter, now, endsAt) : letter;
        const id = newId();
        // The mail leads to a flow of its own, which nobody but its reader knows: others cannot use up its tries.
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
 * Puts the letter in the place of the one that was read, or of none. One that was good and is not there any more was used
 * meanwhile, and its code does not come back (C40); one that was over may be gone by its `ttl`.
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
  // `tries` is for release 1.0.0, should it be put back: it counts there what `taken` holds now.
  const Item = { pk: flowKey(id), letter, n, tries: 0, expiresAt, ttl: toSeconds(expiresAt + codeToldMs) };
  return { Put: { TableName, Item } };
}

/**
 * Counts a mail that a user causes to a mailbox which may be a stranger's, who is not to hear from many users, nor from one who
 * deletes the account and registers again. What users without a proven mailbox cause is counted apart, and uses up nobody
 * else's mails; nor does either use up those that an account causes to its own address (C98).
 */
function mailboxWrite(
  config: Config,
  { purpose, email }: CodeLetter,
  isProven: boolean,
  now: number,
): Write | undefined {
  // What needs no session is its reader's way back in, whose first mail always goes (C44).
  if (!isForCaller(purpose)) return undefined;
  const by = purpose === 'email-verify' ? 'own' : isProven ? 'proven' : 'strangers';
  // With colons, which no address has: one that was spelled like this name would be counted under it.
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
