import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { readRow } from '../aws/read-row.ts';
import { minute, toSeconds } from '../clock.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Outcome } from '../mail/deliver.ts';
import type { CodeMail } from '../mail/outbox.ts';
import { codesRef } from './code-rows.ts';
import { flowKey, isForCaller, purposeOf, type CodeLetter } from './mail-code.ts';

/** The row that says when a mail was refused whose code needs no session. */
const openKey = 'refused';
/** How long that is told. By then the mail was tried twice again. */
const toldMs = 10 * minute;

/**
 * Takes down for those who wait for a code that its mail was refused, or was sent after all. Who is signed in hears of their own
 * mail. All others hear that some mail was refused, whichever it was: nothing is sent to an address without an account, and a page
 * that knew of its own mail would tell which addresses have one (C104).
 */
export const noteRefusals = capability('refusals', [onTable('codes', 'PutItem', 'UpdateItem')], (config) => ({
  async note({ letter, n }: CodeMail, outcome: Outcome, now: number): Promise<void> {
    const refusedAt = outcome === 'sent' ? null : now;
    if (isForCaller(purposeOf(letter))) {
      await conditionalWrite(
        new UpdateCommand({
          ...codesRef(config, letter),
          UpdateExpression: 'SET refusedAt = :at',
          ConditionExpression: 'n = :n',
          ExpressionAttributeValues: { ':at': refusedAt, ':n': n },
        }),
      );
    } else if (outcome !== 'suppressed') {
      // That one mailbox gets no mail concerns nobody else.
      const { TableName, Key } = codesRef(config, openKey);
      const Item = { ...Key, refusedAt, ttl: toSeconds(now + toldMs) };
      await conditionalWrite(new PutCommand({ TableName, Item }));
    }
  },
}));

/** Tells who waits with a flow whether mail was refused. */
export const readRefusals = capability('refusals', [onTable('codes', 'GetItem')], (config) => ({
  async isRefused(flow: string, now: number): Promise<boolean> {
    const opened = await readRow<Pick<CodeLetter, 'n'> & { letter: string }>(codesRef(config, flowKey(flow)));
    if (!opened) return false;
    const isOwn = isForCaller(purposeOf(opened.letter));
    const row = await readRow<Partial<CodeLetter>>(codesRef(config, isOwn ? opened.letter : openKey));
    const { refusedAt = null, n } = row ?? {};
    if (refusedAt === null) return false;
    return isOwn ? n === opened.n : now < refusedAt + toldMs;
  },
}));
