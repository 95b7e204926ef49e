import { checkHealth } from '#shared/aws/health.ts';
import { readSenderState } from '#shared/mail/sender-state.ts';
import { notForThem } from '#web/admin-page.ts';
import { page } from '#web/page.ts';
import { settingsPage } from '#web/pages/settings.ts';
import { visitOf } from '#web/visit.ts';

/** Whether it works; why it does not is in the log of what was asked. */
const works = (asked: Promise<void>): Promise<boolean> =>
  asked.then(
    () => true,
    () => false,
  );

export default page({
  summary:
    "The administrators' page of what the deployment is set to, and of its health; it changes nothing.",
  path: '/admin/settings',
  auth: 'session',
  uses: [checkHealth, readSenderState],
  errors: [],
  rate: [],
  async run({ caller: { user, session }, request: { locale, at: now }, settings, health, sender, log }) {
    const elsewhere = notForThem(user, log);
    if (elsewhere) return elsewhere;
    const { mailFrom } = settings;
    const [store, keys, senderState] = await Promise.all([
      works(health.store()),
      works(health.keys()),
      mailFrom === null ? null : sender.state(mailFrom).catch(() => 'unreachable' as const),
    ]);
    const found = { store, keys, sender: senderState };
    return settingsPage({ health: found, user, visit: visitOf(session), now, locale, settings });
  },
});
