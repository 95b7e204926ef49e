import type { FieldError } from '#shared/errors/problem.ts';
import { readPasted, type People } from '#shared/inviting/read-people.ts';
import { columnNames } from '#shared/inviting/people-columns.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import { plainCsvLine } from '#shared/table/csv.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import type { InvitingTexts } from './wish.ts';

/** How many mistakes are shown at once. */
const maxTold = 8;

function tell(mistakes: People['mistakes'], t: InvitingTexts): string {
  const lines = mistakes
    .slice(0, maxTold)
    .map(({ line, name, values }) => t('atLine', { line, what: t(name, values) }));
  const count = mistakes.length - lines.length;
  return [...lines, ...(count > 0 ? [t('moreMistakes', { count })] : [])].join('\n');
}

/** The error that nothing was sent, because the typed text cannot be read. */
interface Unread {
  title: string;
  detail: string;
  errors: FieldError[];
}

/** The lines that name an app which the deployment does not have. */
const unknownApps = (people: readonly Person[], apps: readonly string[]): People['mistakes'] =>
  people.flatMap(({ line, wish: { app } }) => {
    if (app === undefined || apps.includes(app)) return [];
    const values = { choices: apps.join(', '), cell: app };
    return [{ line, name: apps.length > 0 ? 'unknownApp' : 'noApps', values }];
  });

/**
 * Reads the people to invite from typed or pasted text.
 * @param apps the names of the apps that guests can be led to.
 * @throws Unread
 */
export function readTyped(text: string, apps: readonly string[], t: InvitingTexts): People {
  const read = readPasted(text);
  const { max } = inviteLimits.count;
  const mistakes = read.mistakes.length > 0 ? read.mistakes : unknownApps(read.people, apps);
  const message =
    mistakes.length > 0 ? tell(mistakes, t) : read.people.length > max && t('tooManyPeople', { max });
  if (!message) return read;
  const unread: Unread = { title: t('notRead'), detail: t('correct'), errors: [{ path: 'people', message }] };
  throw unread;
}

/** People as text that can be typed again: plain addresses, or a table if any of them has more than an address. */
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
