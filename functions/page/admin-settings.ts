import { checkHealth } from '#shared/aws/health.ts';
import { traceOf } from '#shared/aws/log.ts';
import { readSenderState, type SenderState } from '#shared/mail/sender-state.ts';
import { notForThem } from '#web/admin-page.ts';
import { page } from '#web/page.ts';
import { settingsPage } from '#web/pages/settings.ts';
import { visitOf } from '#web/visit.ts';

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
    /** The answer, or `failed` if there was none. The page says that it does not work, and the log says why. */
    const orFailed = <Value>(asked: Promise<Value>, failed: Value): Promise<Value> =>
      asked.catch((error: unknown) => {
        log.error('health.failed', traceOf(error));
        return failed;
      });
    const works = (asked: Promise<void>) =>
      orFailed(
        asked.then(() => true),
        false,
      );
    const asked = mailFrom === null ? null : sender.recent(mailFrom, now);
    const [store, keys, state] = await Promise.all([
      works(health.store()),
      works(health.keys()),
      asked && orFailed<SenderState | 'unreachable'>(asked.state, 'unreachable'),
    ]);
    const found = { store, keys, sender: asked && state && { askedAt: asked.at, state } };
    return settingsPage({ health: found, user, visit: visitOf(session), now, locale, settings });
  },
});
