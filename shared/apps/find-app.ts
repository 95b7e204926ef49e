import type { AppFacts, RegisteredApp } from '../deployment/apps.ts';
import { commandLineApp, commandLineTitle } from '../deployment/command-line-app.ts';
import { usualFields } from '../deployment/usual-fields.ts';
import { ownValue } from '../record-of.ts';

/** An app with its name, which is its `client_id`. */
export interface NamedApp extends RegisteredApp {
  name: string;
}

/** The command line: it listens on a port of the user's machine, and gets a session instead of an access token. */
const commandLine: NamedApp = {
  ...usualFields,
  name: commandLineApp,
  title: commandLineTitle,
  redirectUris: ['http://127.0.0.1/callback'],
};

/** The app of this name; undefined if the deployment does not have it, or no longer has it. */
export function findApp(
  { registeredApps }: Pick<AppFacts, 'registeredApps'>,
  name = '',
): NamedApp | undefined {
  if (name === commandLineApp) return commandLine;
  const app = ownValue(registeredApps, name);
  return app && { name, title: name, ...usualFields, ...app };
}

/** Whether a sign-in to the app begins a session of its own, which only the command line gets. */
export const takesSession = ({ name }: NamedApp): boolean => name === commandLineApp;

/** Audience of an app's access token: the wanted one if it is one of the app's (RFC 8707, 2), else the app's first, else `issuer`. */
export const audienceOf = (
  { tokenAudiences }: NamedApp,
  wanted: string | undefined,
  issuer: string,
): string => tokenAudiences.find((one) => one === wanted) ?? tokenAudiences[0] ?? issuer;
