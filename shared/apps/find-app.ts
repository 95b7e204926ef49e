import { usualApp, type App } from '../deployment/app.ts';
import type { Apps } from '../deployment/apps.ts';
import { commandLineApp, commandLineTitle } from '../deployment/command-line-app.ts';

/** An app with its name, which is its `client_id`. */
export interface NamedApp extends App {
  name: string;
}

/** The command line: it listens on a port of this machine, and gets a session rather than tokens. */
const commandLine: App = {
  ...usualApp,
  title: commandLineTitle,
  redirectUris: ['http://127.0.0.1/callback'],
};

/** The app of this name; undefined where the deployment has none, or none any more. */
export function findApp({ apps }: { apps: Apps }, name = ''): NamedApp | undefined {
  if (name === commandLineApp) return { name, ...commandLine };
  const app = Object.hasOwn(apps, name) ? apps[name] : undefined;
  return app && { name, ...app };
}

/** Whether its sign-in ends in a session of its own: that of the command line. */
export const takesSession = ({ name }: NamedApp): boolean => name === commandLineApp;

/** Whom an access token of an app is for: the one that is wanted, if it is one of the app's (RFC 8707, 2), else its first, else us. */
export const audienceOf = ({ audiences }: NamedApp, wanted: string | undefined, issuer: string): string =>
  audiences.find((one) => one === wanted) ?? audiences[0] ?? issuer;
