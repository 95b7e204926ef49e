import { notingFirstSteps } from '#shared/inviting/note-first-step.ts';
import { useQuotas } from '#shared/quotas/use-quotas.ts';
import { useKeys } from '#shared/vault/use-key.ts';
import { isVerified } from '#shared/users/user.ts';
import { newId } from '#shared/random.ts';
import { endReservation, noteAnswer } from '#shared/relay/end-reservation.ts';
import { failureOf } from '#shared/relay/failure-of.ts';
import { askedModel } from '#shared/relay/asked-model.ts';
import { forward } from '#shared/relay/forward.ts';
import { identifyCaller, identifyCallers } from '#shared/relay/identify-caller.ts';
import { showRelayProblem } from '#shared/relay/provider-error.ts';
import { pathOf } from '#shared/relay/relay-address.ts';
import { notRelayed, relayRefusalTexts } from '#shared/relay/relay-texts.ts';
import { routeOf, serviceAt } from '#shared/relay/route.ts';
import { stream } from '#shared/operation/stream.ts';
import { quotaExceeded } from '#shared/quotas/quota-texts.ts';

/** The value of a fulfilled promise. @throws the reason of a rejected one. */
function valueOf<Value>(result: PromiseSettledResult<Value>): Value {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

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
    const { request, settings, clock, quotas, keys, log, fail } = context;
    const { method, address } = request;
    const path = pathOf(request, settings);
    const { service, name } =
      serviceAt(path, settings.services) ?? fail('not_found', notRelayed(settings.services));
    const caller = await identifyCaller(request, service, context, clock.now());
    if (caller === 'unauthenticated') return fail(caller, { explain: relayRefusalTexts.relayToken });
    if (caller === 'device_mismatch') return fail(caller);
    const { user } = caller;
    request.locale = request.askedLocale ?? user.locale;
    if (!isVerified(user)) return fail('not_verified');
    const route =
      routeOf(method, path, settings.services) ?? fail('not_found', notRelayed({ [name]: service }));
    const { call, isQuestion } = route;
    const body = context.body ?? fail('unsupported_encoding');

    const use = { action: 'relay.call', userId: user.id, service: name, call, address } as const;
    // Neither depends on the other. Nothing is written in the ledger or decrypted before both have let the call through.
    const usedAt = clock.now();
    const asked = Promise.allSettled([
      quotas.reserve({ user, id: newId(), isQuestion }, usedAt),
      keys.take(use, usedAt),
    ]);
    // Read while the store answers: a question may be long.
    const model = askedModel(body);
    const [admission, taken] = await asked;
    const admitted = valueOf(admission);
    if ('refusal' in admitted)
      return fail('quota_exceeded', quotaExceeded(admitted.refusal, settings, clock.now()));
    const { reservation } = admitted;
    try {
      const found = await keys.use({ ...use, model }, usedAt, valueOf(taken));
      if ('refusal' in found) {
        if (found.refusal === 'key_unreadable')
          log.error('key.unreadable', { userId: user.id, provider: name });
        return fail(found.refusal, { values: { service: service.title } });
      }
      const answer = await forward({ ...context, body }, route, found.key, async (ending) => {
        await Promise.all([
          endReservation(reservation, user, ending, context),
          noteAnswer(found.noteAnswer, ending, context),
        ]);
      });
      log.info('relay.answered', { userId: user.id, provider: name, status: answer.status });
      return answer;
    } catch (error) {
      await endReservation(reservation, user, { failure: error }, context);
      throw failureOf(error, service, settings);
    }
  },
});
