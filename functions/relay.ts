import { notingFirstSteps } from '#shared/inviting/note-first-step.ts';
import { useQuotas } from '#shared/quotas/use-quotas.ts';
import { useKeys } from '#shared/vault/use-key.ts';
import { isVerified } from '#shared/users/user.ts';
import { newId } from '#shared/random.ts';
import { endReservation } from '#shared/relay/end-reservation.ts';
import { failureOf } from '#shared/relay/failure-of.ts';
import { forward } from '#shared/relay/forward.ts';
import { identifyCaller, identifyCallers } from '#shared/relay/identify-caller.ts';
import { showRelayProblem } from '#shared/relay/provider-error.ts';
import { notRelayed } from '#shared/relay/relay-texts.ts';
import { routeOf, serviceAt } from '#shared/relay/route.ts';
import { stream } from '#shared/operation/stream.ts';
import { negotiate } from '#shared/locale.ts';
import { quotaExceeded } from '#shared/quotas/quota-texts.ts';

export default stream({
  summary: "A provider's own API with the caller's stored key, counted and streamed.",
  cors: 'apps',
  uses: [...identifyCallers, useQuotas, useKeys, ...notingFirstSteps],
  errors: [
    'unauthenticated',
    'device_mismatch',
    'not_verified',
    'not_found',
    'unsupported_encoding',
    'quota_exceeded',
    'key_missing',
    'key_inactive',
    'key_expired',
    'key_unreadable',
    'provider_unreachable',
    'provider_silent',
  ],
  showProblem: showRelayProblem,
  async run(context) {
    const { request, settings, origin, clock, quotas, keys, log, fail } = context;
    const { method, path, address } = request;
    const { service, name } =
      serviceAt(path, settings.services) ?? fail('not_found', notRelayed(settings.services));
    const caller = await identifyCaller(request, origin, context, clock.now());
    if (typeof caller === 'string') return fail(caller);
    const { user } = caller;
    request.locale = negotiate(request.headers['accept-language'], user.locale);
    if (!isVerified(user)) return fail('not_verified');
    const route =
      routeOf(method, path, settings.services) ?? fail('not_found', notRelayed({ [name]: service }));
    const { call, isQuestion } = route;
    const body = context.body ?? fail('unsupported_encoding');

    const admission = await quotas.reserve({ user, id: newId(), isQuestion }, clock.now());
    if ('refusal' in admission)
      return fail('quota_exceeded', quotaExceeded(admission.refusal, settings, clock.now()));
    const { reservation } = admission;
    try {
      const found = await keys.use(
        { action: 'relay.call', userId: user.id, service: name, call, address },
        clock.now(),
      );
      if ('refusal' in found) {
        if (found.refusal === 'key_unreadable')
          log.error('key.unreadable', { userId: user.id, provider: name });
        return fail(found.refusal, { values: { service: service.title } });
      }
      const answer = await forward({ ...context, body }, route, found.key, (ending) =>
        endReservation(reservation, user, ending, context),
      );
      log.info('relay.answered', { userId: user.id, provider: name, status: answer.status });
      return answer;
    } catch (error) {
      await endReservation(reservation, user, { failure: error }, context);
      throw failureOf(error, service, settings);
    }
  },
});
