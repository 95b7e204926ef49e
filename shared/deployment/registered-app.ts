import type { App } from './app.ts';

/** What the rest of the code knows of an app by other facts (`AppFacts`), or by a name that is none of a setting. */
type Elsewhere = 'audiences' | 'origins' | 'initiateLoginUri' | 'takesGuests';

/** An app as those functions know it that sign people in to it. No field has a setting's name, by which it is known what a function reads. */
export interface RegisteredApp extends Omit<App, Elsewhere> {
  /** Audiences of the app's access tokens; the first one if the app asks for none (RFC 8707). */
  tokenAudiences: App['audiences'];
}

/** Defaults of the fields that a deployment's settings leave out. */
export const usualFields = {
  postLogoutRedirectUris: [],
  tokenAudiences: [],
  confidential: false,
  refresh: false,
} satisfies Partial<RegisteredApp>;
