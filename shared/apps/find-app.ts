import { usualApp, type App } from '../deployment/app.ts';
import type { Apps } from '../deployment/apps.ts';
import { commandLineApp, commandLineTitle } from '../deployment/command-line-app.ts';
import { ownValue } from '../record-of.ts';

/** An app with its name, which is its `client_id`. */
export interface NamedApp extends App {
  name: string;
}

/** The command line: it listens on a port of the user's machine, and gets a session instead of an access token. */
const commandLine: App = {
  ...usualApp,
  title: commandLineTitle,
  redirectUris: ['http://127.0.0.1/callback'],
};

/** The app of this name; undefined if the deployment does not have it, or no longer has it. */
export function findApp({ apps }: { apps: Apps }, name = ''): NamedApp | undefined {
  if (name === commandLineApp) return { name, ...commandLine };
  const app = ownValue(apps, name);
  return app && { name, ...app };
}

/** Whether a sign-in to the app begins a session of its own, which only the command line gets. */
export const takesSession = ({ name }: NamedApp): boolean => name === commandLineApp;

/** Audience of an app's access token: the wanted one if it is one of the app's (RFC 8707, 2), else the app's first, else `issuer`. */
export const audienceOf = ({ audiences }: NamedApp, wanted: string | undefined, issuer: string): string =>
  audiences.find((one) => one === wanted) ?? audiences[0] ?? issuer;
