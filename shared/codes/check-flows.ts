import { timingSafeEqual } from 'node:crypto';
import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { day, minute } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { letterKey, newLetter, readMailCode, type CodeLetter, type CodeSubject } from './mail-code.ts';
import { Failure, type FailureDetail } from '../errors/failure.ts';
import { codeTexts } from './code-texts.ts';
import { codesRef } from './code-rows.ts';
import { giveTryBack, takeTry } from './flow-tries.ts';
import { deriveMailCodes } from './derive-codes.ts';
import { newId } from '../random.ts';
import type { Write } from '../aws/transaction.ts';
import { countTries } from '../guards/tries.ts';
import { whenToTry, type Budget } from '../guards/when-to-try.ts';

/** Wrong codes in all flows for one letter's subject: what a flow stops, many flows do not get round (docs/guessing.md). */
const perSubject: Budget = { limit: 100, windowMs: day };

/** A caller's input: the flow that they opened, and the code from their mail. */
export interface TypedCode {
  flow: string;
  code: string;
}

/** What came of it: the letter of the code, or why there is none, where that is more than a wrong code. */
interface Checked {
  letter?: CodeLetter | undefined;
  mistake?: FailureDetail;
}

/** Checks codes. The permission to check them is also one to make them: they are too short for KMS to compare. */
export const checkFlows = capability(
  'flows',
  [onTable('codes', 'GetItem', 'UpdateItem'), ...deriveMailCodes.grants, ...countTries.grants],
  (config) => {
    const { derive } = deriveMailCodes.make(config);
    const tries = countTries.make(config);

    const values = { life: { lengthMs: config.settings.codeMinutes * minute } };
    const expired = { title: codeTexts.expired, explain: codeTexts.askAnew, values };
    return {
      /**
       * The letter that was mailed to `wanted`, if this is its code and the flow was opened for it. A wrong code is a
       * try of the flow, five of which end it. A right one that has expired is told, to whoever types it. The letter is still
       * to be burned by `burnWrite`, in the transaction that does what the code is for.
       * @throws Failure `rate_limited` when the account has seen too many wrong codes today.
       */
      async check(wanted: CodeSubject, { flow, code }: TypedCode, now: number): Promise<Checked> {
        const typed = readMailCode(code);
        const pk = letterKey(wanted);
        const name = newId();
        const opened = typed && (await takeTry(config, { flow, name }, pk));
        if (!opened) return {};
        const until = await tries.take(pk, perSubject, now);
        if (until !== undefined) throw new Failure('rate_limited', whenToTry(perSubject, until, now));
        let wrong = false;
        try {
          const letter = await readRow<CodeLetter>(codesRef(config, pk));
          const expected = await derive(newLetter(wanted, opened.n, opened.expiresAt));
          const isRight = timingSafeEqual(Buffer.from(typed), Buffer.from(expected));
          const isOpen = letter?.n === opened.n;
          // A letter that was mailed once more lives on, in flows of before too.
          const isOver = (isOpen ? letter : opened).expiresAt <= now;
          wrong = !isRight || !(isOpen || isOver);
          if (wrong) return {};
          return isOver ? { mistake: expired } : { letter };
        } finally {
          // What could not be looked up was not wrong.
          await tries.settle(pk, perSubject, now, wrong);
          if (!wrong) await giveTryBack(config, { flow, name });
        }
      },
    };
  },
);

/** Uses a letter up: of all that come with its code at once, one gets through (C40). */
export const burnWrite = (config: Config, { pk, n }: CodeLetter, now: number): Write => ({
  Delete: {
    ...codesRef(config, pk),
    ConditionExpression: 'n = :n AND expiresAt > :now',
    ExpressionAttributeValues: { ':n': n, ':now': now },
  },
});
