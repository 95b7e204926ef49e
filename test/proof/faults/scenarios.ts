import { accounts } from './scenarios/account.ts';
import { apps } from './scenarios/apps.ts';
import { invites } from './scenarios/invites.ts';
import { jobs } from './scenarios/jobs.ts';
import { keys } from './scenarios/keys.ts';
import { people } from './scenarios/people.ts';
import { registrations } from './scenarios/registration.ts';
import { sessions } from './scenarios/sessions.ts';
import type { Scenario } from './scenario.ts';

/** Requests to every operation that writes. */
export const scenarios: readonly Scenario[] = [
  ...accounts,
  ...invites,
  ...people,
  ...keys,
  ...apps,
  ...jobs,
  ...sessions,
  ...registrations,
];
