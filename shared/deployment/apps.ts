import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { appSchema, usualApp, type App } from './app.ts';
import { commandLineApp } from './command-line-app.ts';
import { targetOf } from './origin.ts';
import { usualFields } from './usual-fields.ts';

const nameSchema = z.string().check(
  z.regex(/^[a-z][a-z0-9-]{0,29}$/),
  z.refine((name) => name !== commandLineApp),
);

/** The name of an app that a user typed into a cell; undefined if no app can have this name. */
export const appNameOf = (typed: string): string | undefined =>
  nameSchema.safeParse(typed.toLowerCase()).data;

/** An app in a deployment's settings: the fields that differ from the defaults. */
const changesSchema = z.partial(appSchema);
type Changes = Readonly<Record<string, z.output<typeof changesSchema>>>;

const withDefaults = (changes: Changes): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [name, { title: name, ...usualApp, ...change }]),
  );

/** The setting `apps`, by name, which is the app's `client_id`. The output is whole apps. */
export const appsSchema = z.pipe(
  z.record(nameSchema, changesSchema),
  z.pipe(z.transform(withDefaults), z.record(nameSchema, appSchema)),
);

export type Apps = Readonly<Record<string, App>>;

/** What the rest of the code knows of an app by other facts (`AppFacts`), or by a name that is none of a setting. */
type Elsewhere = 'audiences' | 'origins' | 'initiateLoginUri' | 'takesGuests';

/**
 * An app as those functions know it that sign people in to it. No field has a setting's name, by which it is known what a function
 * reads.
 */
export interface RegisteredApp extends Omit<App, Elsewhere> {
  /** Audiences of the app's access tokens; the first one if the app asks for none (RFC 8707). */
  tokenAudiences: App['audiences'];
}

/** The fields of an app that differ from the usual ones. */
export type RegisteredFields = Pick<RegisteredApp, 'redirectUris'> & Partial<RegisteredApp>;

/** What functions know of the apps. Each function has only the facts that it reads: all of them would fill its environment. */
export interface AppFacts {
  /** By the app's name: what those need that sign people in. */
  registeredApps: Readonly<Record<string, RegisteredFields>>;
  /** Origins whose pages may call from a browser. */
  appOrigins: readonly string[];
  /** Where a form's redirects may end, as `form-action` of a page's policy names it. */
  appTargets: readonly string[];
  /** By the app's name, in the order of the settings: the page to which its guests are led; null: the app has none. */
  appEntrances: Readonly<Record<string, { title: string; uri: string | null; takesGuests: boolean }>>;
}

function registered(name: string, app: App): RegisteredFields {
  const { title, redirectUris, postLogoutRedirectUris, audiences, confidential, refresh } = app;
  const fields: RegisteredApp = {
    title,
    redirectUris,
    postLogoutRedirectUris,
    tokenAudiences: audiences,
    confidential,
    refresh,
  };
  const usual: Readonly<Record<string, unknown>> = { title: name, ...usualFields };
  const differs = ([field, value]: [string, unknown]) => !isDeepStrictEqual(value, usual[field]);
  return Object.fromEntries(Object.entries(fields).filter(differs)) as RegisteredFields;
}

const distinct = (list: readonly string[]): string[] => [...new Set(list)];

/** Works out these facts from a deployment's apps. */
export function factsOfApps(apps: Apps): AppFacts {
  const all = Object.values(apps);
  const reached = all.flatMap(({ redirectUris, initiateLoginUri, postLogoutRedirectUris }) => [
    ...redirectUris,
    ...(initiateLoginUri ? [initiateLoginUri] : []),
    ...postLogoutRedirectUris,
  ]);
  return {
    registeredApps: Object.fromEntries(
      Object.entries(apps).map(([name, app]) => [name, registered(name, app)]),
    ),
    appOrigins: distinct(all.flatMap(({ origins }) => origins)),
    // The command line listens on this machine.
    appTargets: distinct([...reached, 'http://127.0.0.1/'].map(targetOf)),
    appEntrances: Object.fromEntries(
      Object.entries(apps).map(([name, { title, initiateLoginUri: uri, takesGuests }]) => [
        name,
        { title, uri, takesGuests },
      ]),
    ),
  };
}
