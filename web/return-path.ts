import type { Settings } from '#shared/deployment/settings.ts';

/** Longest address of a wanted page, in characters: an app's request to sign in is one. */
export const wantedMaxLength = 4_000;

/** Longest address of a page that takes a wanted page along: encoding makes three characters of one. */
export const takingMaxLength = 3 * wantedMaxLength + 100;

/** The page that is wanted after signing in, if it is ours or the app's; undefined otherwise. */
export function wantedPath(
  wanted: string | undefined,
  { appUrl }: Pick<Settings, 'appUrl'>,
  most = wantedMaxLength,
): string | undefined {
  if (!wanted || wanted.length > most) return undefined;
  const here = 'http://here.invalid';
  try {
    const url = new URL(wanted, here);
    const path = url.pathname + url.search;
    // `URL` resolves dots: `/.//evil.example` is the path `//evil.example`, which browsers take for a host.
    if (url.origin === here && wanted.startsWith('/')) return path.startsWith('//') ? undefined : path;
    return appUrl && url.origin === new URL(appUrl).origin ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Where to go after signing in: the wanted page if it is ours or the app's, else the first page. Any other target would make the
 * sign-in page an open redirect.
 */
export const returnPath = (
  wanted: string | undefined,
  settings: Pick<Settings, 'appUrl'>,
  most?: number,
): string => wantedPath(wanted, settings, most) ?? '/';
