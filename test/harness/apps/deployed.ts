import type { Stack } from '#local/stack/running-stack.ts';
import { parseSettings, type Settings } from '#shared/deployment/settings.ts';

const portal = 'https://portal.example.com';
export const notesPage = 'https://notes.example.com/in?from=latchkey&x=%20';

/** Apps of a deployment: one without a page to begin at, one only for guests whose invite names it, and two for all guests. */
const apps = {
  machine: { redirectUris: ['https://machine.example.com/callback'] },
  example: {
    redirectUris: ['http://localhost:4801/callback'],
    initiateLoginUri: 'http://localhost:4801/login',
    takesGuests: false,
  },
  portal: { title: 'Portal', redirectUris: [`${portal}/callback`], initiateLoginUri: `${portal}/login` },
  notes: {
    title: 'ノート',
    redirectUris: ['https://notes.example.com/callback'],
    initiateLoginUri: notesPage,
  },
};

/** Deploys the named apps, in this order, with other settings. */
export function deployApps(
  stack: Stack,
  names: readonly (keyof typeof apps)[] = ['machine', 'example', 'portal', 'notes'],
  more: Partial<Settings> = {},
): void {
  const {
    apps: all,
    appOrigins,
    appTargets,
    appEntrances,
  } = parseSettings({
    apps: Object.fromEntries(names.map((name) => [name, apps[name]])),
  });
  stack.deploy({ apps: all, appOrigins, appTargets, appEntrances, ...more });
}
