import type { AppFacts } from '#shared/deployment/apps.ts';

type Entrances = AppFacts['appEntrances'];

/** What people call the deployment's apps, by their names. */
export const appTitles = (entrances: Entrances): Record<string, string> =>
  Object.fromEntries(Object.entries(entrances).map(([name, { title }]) => [name, title]));

/** The same of the apps that guests can be led to. */
export const guestApps = (entrances: Entrances): Record<string, string> =>
  appTitles(Object.fromEntries(Object.entries(entrances).filter(([, { uri }]) => uri !== null)));
