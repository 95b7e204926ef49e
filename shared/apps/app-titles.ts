import type { AppFacts } from '../deployment/apps.ts';
import { commandLineApp, commandLineTitle } from '../deployment/command-line-app.ts';
import { ownValue } from '../record-of.ts';

type Entrances = Pick<AppFacts, 'appEntrances'>;

/** Display names of all apps, the command line included, by their names in the settings. */
export const appTitles = ({ appEntrances }: Entrances): Record<string, string> => ({
  [commandLineApp]: commandLineTitle,
  ...Object.fromEntries(Object.entries(appEntrances).map(([name, { title }]) => [name, title])),
});

/** An app's display name; its name in the settings if the deployment no longer has the app. */
export function titleOf(name: string, settings: Entrances): string {
  return ownValue(appTitles(settings), name) ?? name;
}
