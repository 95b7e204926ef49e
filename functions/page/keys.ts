import { showCalls } from '#shared/quotas/show-quota.ts';
import { readQuotas } from '#shared/quotas/use-quotas.ts';
import { tellRelay } from '#shared/relay/relay-address.ts';
import { deskPage } from '#web/desk.ts';
import { keyFacts } from '#web/key-facts.ts';
import { keyPageTexts } from '#web/texts/keys-page.ts';
import { page } from '#web/page.ts';
import { keyTexts } from '#web/texts/keys.ts';
import { visitOf } from '#web/visit.ts';

export default page({
  summary:
    'My API keys: kept, checked, renewed, switched off and deleted, with their uses, the calls that are left, and how to call the relay.',
  path: '/keys',
  auth: 'session',
  uses: [readQuotas, tellRelay],
  errors: [],
  rate: [],
  async run({ caller: { user, session }, request: { locale, at: now }, quotas, relay, origin, settings }) {
    const visit = visitOf(session);
    // A page for a device-bound session reveals nothing about its owner (C69).
    const calls = visit.boundSession === undefined ? showCalls(await quotas.of(user.id)) : null;
    return deskPage({
      desk: 'member',
      view: 'keys',
      section: '/keys',
      title: keyTexts.keys,
      texts: keyPageTexts,
      facts: keyFacts(origin, relay.address, calls, settings),
      user,
      visit,
      now,
      locale,
      settings,
    });
  },
});
