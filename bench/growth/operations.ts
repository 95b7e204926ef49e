import { eventOf } from '../harness/functions.ts';
import { password } from '../harness/credentials.ts';
import type { Person } from '../harness/people.ts';

/** The callers and the objects of the operations. */
export interface Subjects {
  admin: string;
  /** The person stays signed in. The visitor signs in so often that the oldest sessions end. */
  person: Person;
  visitor: Person;
  /** The person of whom as many copies are stored as there are rows. */
  template: { username: string; email: string };
  label: string;
  /** The token of a valid link, and unused tokens, each of which is used once. */
  link: string;
  unused: readonly string[];
}

/** An operation with its n-th request. Operations that write need a different request each time. */
export interface Asked {
  what: string;
  id: string;
  event(n: number): string;
  /** The number of rows up to which the operation's work grows by design. */
  looksAtMost?: number;
}

/** The requests of people and administrators, as events of the functions. */
export function operationsOf(subjects: Subjects): Asked[] {
  const { admin, person, visitor, template, label, link, unused } = subjects;
  const asAdmin = (id: string, query: Record<string, string>) => () => eventOf(id, { token: admin, query });
  const list = (what: string, id: string, query: Record<string, string> = {}): Asked => ({
    what,
    id,
    event: asAdmin(id, query),
  });
  const registration = (n: number) => ({
    email: `late${n}@example.com`,
    username: `late${n}`,
    password,
    token: unused[n],
    transport: 'token',
  });
  return [
    {
      what: 'who is signed in',
      id: 'session-verify',
      event: () => eventOf('session-verify', { body: {}, token: person.session.token }),
    },
    {
      what: 'check of an invite',
      id: 'invite-verify',
      event: () => eventOf('invite-verify', { body: { token: link } }),
    },
    {
      what: 'sign-in',
      id: 'session-create',
      event: () =>
        eventOf('session-create', { body: { login: visitor.login, password, transport: 'token' } }),
    },
    {
      what: 'registration',
      id: 'registration-create',
      event: (n) => eventOf('registration-create', { body: registration(n) }),
    },
    {
      what: 'export',
      id: 'me-export',
      event: () => eventOf('me-export', { token: person.session.token }),
    },
    list('page of invites', 'admin-invite-list'),
    list('page of invites of a label', 'admin-invite-list', { label }),
    list('page of used invites', 'admin-invite-list', { status: 'used' }),
    list('search of an invite by address', 'admin-invite-list', { email: template.email }),
    list('page of people', 'admin-user-list'),
    list('search of a person by address', 'admin-user-list', { email: template.email }),
    list('search of a person by name', 'admin-user-list', { username: template.username }),
    list('page of the activity', 'admin-audit-list'),
    { ...list('page of administrators', 'admin-user-list', { role: 'admin' }), looksAtMost: 5_000 },
    { ...list('funnels by label', 'admin-label-list'), looksAtMost: 50_000 },
  ];
}
