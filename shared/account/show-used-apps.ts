import * as z from 'zod/mini';
import type { UsedApp } from '../apps/list-used-apps.ts';
import { titleOf } from '../apps/app-titles.ts';
import type { AppFacts } from '../deployment/apps.ts';
import { toIso } from '../http/time.ts';

/** An app that a user has signed in to. */
export const usedAppResponse = z.object({
  /** Its name in the settings. */
  app: z.string(),
  /** Its display name; the name in the settings if the deployment no longer has the app. */
  title: z.string(),
  firstSignInAt: z.string(),
  lastSignInAt: z.string(),
});

export const showUsedApp = (
  { app, firstAt, lastAt }: UsedApp,
  settings: Pick<AppFacts, 'appEntrances'>,
): z.input<typeof usedAppResponse> => ({
  app,
  title: titleOf(app, settings),
  firstSignInAt: toIso(firstAt),
  lastSignInAt: toIso(lastAt),
});
