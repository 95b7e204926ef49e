import { second } from '#shared/clock.ts';
import { remindOwners } from '#shared/vault/remind-owners.ts';
import { readUsers } from '#shared/users/read-users.ts';
import { serviceOf } from '#shared/vault/show-key.ts';
import { job } from '#shared/operation/job.ts';
import { traceOf } from '#shared/aws/log.ts';

/** How long a run lasts. The rest waits an hour, which does no harm: reminders go out days ahead. */
const maxRunMs = 20 * second;

export default job({
  summary: 'Tells owners of API keys three days ahead that they expire.',
  trigger: { everyMinutes: 60 },
  uses: [remindOwners, readUsers],
  async run({ reminders, users, settings, clock, log }) {
    const start = clock.now();
    const failed: unknown[] = [];
    let count = 0;
    for await (const key of reminders.due(start)) {
      const now = clock.now();
      if (now > start + maxRunMs) break;
      const { userId, service, expiresAt } = key;
      try {
        const user = await users.get(userId);
        // No mail to owners who may not sign in, because they could not renew the key, and no mail once the key has expired.
        const owner = user?.status === 'active' && expiresAt > now ? user : undefined;
        const title = serviceOf(settings.knownServices, service)?.title;
        if (await reminders.remind(key, title === undefined ? undefined : owner, title ?? service, now))
          count += 1;
      } catch (error) {
        // One key that fails must not keep the others waiting.
        log.error('key.undecided', { userId, ...traceOf(error) });
        failed.push(error);
      }
    }
    if (count > 0) log.info('key.reminded', { count });
    if (failed.length > 0) throw new AggregateError(failed, 'reminders are undecided');
  },
});
