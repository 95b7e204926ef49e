import type { AppFacts } from '../deployment/apps.ts';
import { commandLineApp, commandLineTitle } from '../deployment/command-line-app.ts';

type Entrances = Pick<AppFacts, 'appEntrances'>;

/** What people call the apps that there are, by their names; the command line is one of them. */
export const appTitles = ({ appEntrances }: Entrances): Record<string, string> => ({
  [commandLineApp]: commandLineTitle,
  ...Object.fromEntries(Object.entries(appEntrances).map(([name, { title }]) => [name, title])),
});

/** What people call an app; its name, where the deployment has it no more. */
export function titleOf(name: string, settings: Entrances): string {
  const titles = appTitles(settings);
  return Object.hasOwn(titles, name) ? titles[name]! : name;
}
