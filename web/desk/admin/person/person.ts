import type readUser from '#functions/admin-user/read.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { peopleTexts } from '../../../texts/people.ts';
import type { personTexts } from '../../../texts/person.ts';
import type { usedAppTexts } from '../../../texts/used-apps.ts';
import type { Outcome } from '../../kit/outcome.tsx';
import type { TextOf } from '../../kit/texts.ts';

export type Person = AnswerOf<typeof readUser>;
export type Texts = TextOf<typeof peopleTexts & typeof personTexts & typeof usedAppTexts>;

/** The properties of each part of a person's page. */
export interface Part {
  person: Person;
  t: Texts;
  /** The person's path in the API. */
  path: string;
  outcome: Outcome;
  /** Reads the person again. */
  changed(): void;
}
