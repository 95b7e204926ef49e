import * as z from 'zod/mini';
import { appSchema, usualApp, type App } from './app.ts';
import { commandLineApp } from './command-line-app.ts';
import { targetOf } from './origin.ts';

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

/** Facts on apps for functions that have no part in signing in to them. Whole apps would fill every function's environment. */
export interface AppFacts {
  /** Origins whose pages may call from a browser. */
  appOrigins: readonly string[];
  /** Where a form's redirects may end, as `form-action` of a page's policy names it. */
  appTargets: readonly string[];
  /** By the app's name, in the order of the settings: the page to which its guests are led; null: the app has none. */
  appEntrances: Readonly<Record<string, { title: string; uri: string | null; takesGuests: boolean }>>;
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
