import type { Settings } from '#shared/deployment/settings.ts';
import type { KeyFacts } from './desk/member/keys/key.ts';

/** What the page of API keys is told of its deployment, and of the calls of whoever looks at it, where it may know them. */
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
    Object.entries(services).map(([name, { keysUrl, errors, questions }]) => [
      name,
      { keysUrl, client: errors, question: questions[0] ?? null },
    ]),
  ),
});
