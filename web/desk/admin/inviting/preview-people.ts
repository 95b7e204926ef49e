import type previewInvites from '#functions/admin-invite/preview.ts';
import type { InviteWish } from '#shared/inviting/group-people.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import { invitesPath } from '../invites/invite.ts';

type Answer = AnswerOf<typeof previewInvites>;
type Item = Answer['items'][number];

/** What inviting somebody would come to. */
export interface Expected extends Pick<Item, 'result' | 'reason'> {
  person: Person;
  /** In the one spelling of addresses. */
  email: string;
}

/** Whether somebody would get no invite. Who is named again gets the one. */
export const isHeld = ({ result }: Pick<Expected, 'result'>): boolean =>
  result !== 'invited' && result !== 'duplicate';

export interface Preview {
  expected: Expected[];
  /** The mail in each of the languages in which it goes out. */
  mails: NonNullable<Answer['mail']>[];
}

/** What creating these invites would do. Nothing is created. */
export async function previewPeople(people: readonly Person[], wish: InviteWish): Promise<Preview> {
  const groups = [
    ...Map.groupBy(people, ({ wish: { locale, app } }) => JSON.stringify([locale, app])).values(),
  ];
  const answers = await Promise.all(
    groups.map((some) => {
      const { locale, app } = some[0]!.wish;
      const own = { ...(locale && { locale }), ...(app && { app }) };
      const body = { ...wish, ...own, emails: some.map(({ email }) => email) };
      return call<typeof previewInvites>('POST', `${invitesPath}/preview`, body);
    }),
  );
  const items = new Map<Person, Item>();
  for (const [at, some] of groups.entries())
    for (const [n, person] of some.entries()) items.set(person, answers[at]!.items[n]!);
  // An address can stand twice in two requests, of which no answer knows.
  const seen = new Set<string>();
  const expected = people.map((person): Expected => {
    const { email, result, reason } = items.get(person)!;
    const isRepeat = result !== 'bad_address' && seen.has(email);
    seen.add(email);
    return {
      person,
      email,
      result: isRepeat ? 'duplicate' : result,
      ...(reason !== undefined && { reason }),
    };
  });
  const mails = new Map(answers.flatMap(({ mail }) => (mail ? [[mail.locale, mail]] : [])));
  return { expected, mails: [...mails.values()] };
}
