import { tellRelay } from '#shared/relay/relay-address.ts';
import { deskPage } from '#web/desk.ts';
import { keyFacts } from '#web/key-facts.ts';
import { keyPageTexts } from '#web/key-texts.ts';
import { page } from '#web/page.ts';
import { keyTexts } from '#web/texts/keys.ts';
import { visitOf } from '#web/visit.ts';

export default page({
  summary:
    'My API keys: kept, checked, renewed, switched off and deleted, with their uses, the calls that are left, and how to call the relay.',
  path: '/keys',
  auth: 'session',
  uses: [tellRelay],
  errors: [],
  rate: [],
  run: async ({ caller: { user, session }, request: { locale, at: now }, relay, origin, settings }) =>
    deskPage({
      desk: 'member',
      view: 'keys',
      section: '/keys',
      title: keyTexts.keys,
      texts: keyPageTexts,
      facts: keyFacts(origin, relay.address, settings),
      user,
      visit: visitOf(session),
      now,
      locale,
      settings,
    }),
});
