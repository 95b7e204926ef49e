import { timingSafeEqual } from 'node:crypto';
import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { day, minute } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import {
  letterKey,
  newLetter,
  readMailCode,
  stateOf,
  type CodeLetter,
  type CodeSubject,
} from './mail-code.ts';
import { Failure, type FailureDetail } from '../errors/failure.ts';
import { codeTexts } from './code-texts.ts';
import { codesRef } from './code-rows.ts';
import { giveTryBack, takeTry } from './flow-tries.ts';
import { deriveMailCodes } from './derive-codes.ts';
import { newId } from '../random.ts';
import type { Write } from '../aws/transaction.ts';
import { countTries } from '../guards/tries.ts';
import { whenToTry, type Budget } from '../guards/when-to-try.ts';

/** The most wrong codes for one letter's subject in all flows, so that many flows do not get round the limit of one (docs/guessing.md). */
const perSubject: Budget = { limit: 100, windowMs: day };

/** A caller's input: the flow that they opened, and the code from their mail. */
export interface TypedCode {
  flow: string;
  code: string;
}

/** The letter of the code; or the failure's detail, if the code was right but has expired. Empty for a wrong code or an unusable flow. */
interface Checked {
  letter?: CodeLetter | undefined;
  mistake?: FailureDetail;
}

/** Checks codes. The permission to check them also allows making them: codes are too short for `VerifyMac`. */
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
       * The letter that was mailed to `wanted`, if this is its code and the flow was opened for it. A wrong code uses up a
       * try of the flow, which ends after five. A user who types a right code that has expired is told so. The letter must
       * still be burned by `burnWrite`, in the transaction that performs the code's purpose.
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
          const state = stateOf(opened, letter, now);
          wrong = !isRight || state === 'replaced';
          if (wrong) return {};
          return state === 'over' ? { mistake: expired } : { letter };
        } finally {
          // If a look-up failed, the code does not count as wrong.
          await tries.settle(pk, perSubject, now, wrong);
          if (!wrong) await giveTryBack(config, { flow, name });
        }
      },
    };
  },
);

/** Uses up a letter: of simultaneous requests with its code, one succeeds (C40). */
export const burnWrite = (config: Config, { pk, n }: CodeLetter, now: number): Write => ({
  Delete: {
    ...codesRef(config, pk),
    ConditionExpression: 'n = :n AND expiresAt > :now',
    ExpressionAttributeValues: { ':n': n, ':now': now },
  },
});
