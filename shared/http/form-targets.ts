import { targetOf } from '../deployment/origin.ts';
import type { Settings } from '../deployment/settings.ts';

/**
 * Where a form may lead in the end that leads to the page `next`, besides here: to an app that is known, and to no other, if `next`
 * is its request to sign somebody in; and to the app to which the first page leads.
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
