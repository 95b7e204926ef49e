import type { Settings } from '#shared/deployment/settings.ts';
import type { KeyFacts } from './desk/member/keys/key.ts';

/** What the page of API keys is told about the deployment and, if it may know them, about the calls of its user. */
export const keyFacts = (
  origin: string,
  relay: string | null,
  calls: KeyFacts['calls'],
  { services, keyDays, keyMinLength, requestHours }: Settings,
): KeyFacts => ({
  calls,
  origin,
  relay,
  keyDays,
  keyMinLength,
  requestHours,
  services: Object.fromEntries(
    Object.entries(services).map(([name, { title, keysUrl, errors, questions }]) => [
      name,
      { title, keysUrl, client: errors, question: questions[0] ?? null },
    ]),
  ),
});
