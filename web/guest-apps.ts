import type { AppFacts } from '#shared/deployment/apps.ts';

/** Titles of the apps that guests can be led to, by their names. */
export const guestApps = ({ appEntrances }: Pick<AppFacts, 'appEntrances'>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(appEntrances).flatMap(([name, { title, uri }]) => (uri === null ? [] : [[name, title]])),
  );
