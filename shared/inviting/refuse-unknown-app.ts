import type { Settings } from '../deployment/settings.ts';
import type { Fail } from '../errors/failure.ts';
import { ownValue } from '../record-of.ts';

/** Refuses an invite that names an app which the deployment does not have, or which has no page to lead guests to. */
export function refuseUnknownApp(
  name: string | undefined,
  { appEntrances }: Pick<Settings, 'appEntrances'>,
  fail: Fail<'app_unknown'>,
): void {
  if (name === undefined || typeof ownValue(appEntrances, name)?.uri === 'string') return;
  const choices = Object.keys(appEntrances).filter((one) => appEntrances[one]!.uri !== null);
  const text = choices.length > 0 ? 'choice' : 'noApps';
  fail('app_unknown', { errors: [{ path: 'app', text, values: { choices: choices.join(', ') } }] });
}
