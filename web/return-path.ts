import type { Settings } from '#shared/deployment/settings.ts';

/**
 * Where to go after signing in: the wanted page when it is ours or the app's, else the first page. Everything else
 * would make the login page a springboard to foreign sites.
 */
export function returnPath(wanted: string | undefined, { appUrl }: Pick<Settings, 'appUrl'>): string {
  if (!wanted) return '/';
  const here = 'http://here.invalid';
  try {
    const url = new URL(wanted, here);
    const path = url.pathname + url.search;
    // Dots fold away: `/.//evil.example` is the path `//evil.example`, which browsers take for a host.
    if (url.origin === here && wanted.startsWith('/')) return path.startsWith('//') ? '/' : path;
    return appUrl && url.origin === new URL(appUrl).origin ? url.href : '/';
  } catch {
    return '/';
  }
}
