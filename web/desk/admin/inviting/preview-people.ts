import type previewInvites from '#functions/admin-invite/preview.ts';
import { inBatches } from '#shared/batches.ts';
import type { InviteWish } from '#shared/inviting/group-people.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import { invitesPath } from '../invites/invite.ts';

type Answer = AnswerOf<typeof previewInvites>;
type Item = Answer['items'][number];

/** The expected result of inviting one person. */
export interface Expected extends Pick<Item, 'result' | 'reason'> {
  person: Person;
  /** The normalised address. */
  email: string;
}

/** Whether a person would get no invite. A duplicate does not count: its address gets an invite by another line. */
export const isHeld = ({ result }: Pick<Expected, 'result'>): boolean =>
  result !== 'invited' && result !== 'duplicate';

export interface Preview {
  expected: Expected[];
  /** The mail, once for each language and expiry with which it goes out. */
  mails: NonNullable<Answer['mail']>[];
}

/** Asks for a preview of people who have the same language and app as the first of them. */
function ask(people: readonly Person[], wish: InviteWish): Promise<Answer> {
  const { locale, app, expiresInDays } = people[0]!.wish;
  const own = {
    ...(locale && { locale }),
    ...(app && { app }),
    ...(expiresInDays !== undefined && { expiresInDays }),
  };
  const body = { ...wish, ...own, emails: people.map(({ email }) => email) };
  return call<typeof previewInvites>('POST', `${invitesPath}/preview`, body);
}

/** A key of the mail that a person gets. People with the same key get the same mail, except for the link. */
const mailKey = ({ wish: { locale, expiresInDays } }: Person): string =>
  JSON.stringify([locale, expiresInDays === null ? 'never' : expiresInDays]);

/** How many mails are shown beyond one for each language and app: each line of a table may have its own expiry. */
const mostMore = 10;
const atOnce = 5;

/** What creating these invites would do. Nothing is created. */
export async function previewPeople(people: readonly Person[], wish: InviteWish): Promise<Preview> {
  const groups = [
    ...Map.groupBy(people, ({ wish: { locale, app } }) => JSON.stringify([locale, app])).values(),
  ];
  const answers = await Promise.all(groups.map((some) => ask(some, wish)));
  const items = new Map<Person, Item>();
  for (const [at, some] of groups.entries())
    for (const [n, person] of some.entries()) items.set(person, answers[at]!.items[n]!);
  // An address can be in two requests. Neither answer knows of the other.
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
  const getting = Map.groupBy(
    expected.flatMap(({ person, result }) => (result === 'invited' ? person : [])),
    mailKey,
  );
  // A group's answer has the mail of the first person in the group, who may get none.
  const shown = new Map(
    groups.flatMap(([first], at) => {
      const { mail } = answers[at]!;
      return mail && getting.has(mailKey(first!)) ? [[mailKey(first!), mail] as const] : [];
    }),
  );
  const goOut = answers.some(({ mail }) => mail);
  const others = [...getting].flatMap(([key, [first]]) => (goOut && !shown.has(key) ? first! : []));
  const more = await inBatches(others.slice(0, mostMore), atOnce, (person) => ask([person], wish));
  const mails = [...shown.values(), ...more.flatMap(({ mail }) => mail ?? [])];
  return { expected, mails: [...new Map(mails.map((mail) => [JSON.stringify(mail), mail])).values()] };
}
