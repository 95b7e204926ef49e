import { targetOf } from '../deployment/origin.ts';
import type { Settings } from '../deployment/settings.ts';

/**
 * Where the redirects of a form that leads to the page `next` may end, besides this origin: at the app to which the first page leads;
 * and, if `next` is a known app's request to sign a user in, at that app and no other.
 */
export function formTargets(
  next: string | undefined,
  { appUrl, appTargets }: Pick<Settings, 'appUrl' | 'appTargets'>,
): string[] {
  const usual = appUrl ? [targetOf(appUrl)] : [];
  if (!next?.startsWith('/oauth/authorize?')) return usual;
  const address = new URL(next, 'http://here.invalid').searchParams.get('redirect_uri') ?? '';
  const target = URL.canParse(address) ? targetOf(address) : '';
  return appTargets.includes(target) ? [...usual, target] : usual;
}
