import type { FieldError } from '#shared/errors/problem.ts';
import { readPasted, type People } from '#shared/inviting/read-people.ts';
import { columnNames } from '#shared/inviting/people-columns.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import { plainCsvLine } from '#shared/table/csv.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import type { InvitingTexts } from './wish.ts';

/** Mistakes that are told at once. */
const maxTold = 8;

function tell(mistakes: People['mistakes'], t: InvitingTexts): string {
  const lines = mistakes
    .slice(0, maxTold)
    .map(({ line, name, values }) => t('atLine', { line, what: t(name, values) }));
  const count = mistakes.length - lines.length;
  return [...lines, ...(count > 0 ? [t('moreMistakes', { count })] : [])].join('\n');
}

/** That nothing was sent, since what was typed cannot be read. */
interface Unread {
  title: string;
  detail: string;
  errors: FieldError[];
}

/**
 * Whom to invite, of what was typed or pasted.
 * @throws Unread
 */
export function readTyped(text: string, t: InvitingTexts): People {
  const read = readPasted(text);
  const { max } = inviteLimits.count;
  const message =
    read.mistakes.length > 0
      ? tell(read.mistakes, t)
      : read.people.length > max && t('tooManyPeople', { max });
  if (!message) return read;
  const unread: Unread = { title: t('notRead'), detail: t('correct'), errors: [{ path: 'people', message }] };
  throw unread;
}

/** People as they can be typed again: addresses by themselves, or a table where more is said about any of them. */
export function writePeople(people: readonly Person[]): string {
  if (people.every(({ wish }) => Object.keys(wish).length === 0))
    return people.map(({ email }) => email).join('\n');
  const names = columnNames.filter((name) => name !== 'app' || people.some(({ wish }) => wish.app));
  const rows = people.map(({ email, wish: { role, note, label, app, locale, expiresInDays } }) => {
    const days = expiresInDays === null ? 'never' : expiresInDays;
    const cells: Record<(typeof columnNames)[number], unknown> = {
      email,
      role,
      note,
      label,
      app,
      locale,
      days,
    };
    return names.map((name) => String(cells[name] ?? ''));
  });
  return [names, ...rows].map(plainCsvLine).join('');
}
