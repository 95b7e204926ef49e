import { second } from '../clock.ts';
import { Failure } from '../errors/failure.ts';
import type { Service } from '../deployment/service.ts';
import type { Settings } from '../deployment/settings.ts';
import { ProviderFailure } from './call-provider.ts';
import { relayRefusalTexts } from './relay-texts.ts';

const isLate = ({ how }: ProviderFailure): boolean => how === 'silent' || how === 'overdue';

/**
 * The error that a caller gets for a provider's failure; other failures stay as they are.
 * @param isCounted whether the call counts in spite of the failure, since a part of its answer had come.
 */
export function failureOf(
  error: unknown,
  { title }: Service,
  { relaySilenceSeconds }: Pick<Settings, 'relaySilenceSeconds'>,
  isCounted = false,
): Failure {
  const values = { service: title, silence: { lengthMs: relaySilenceSeconds * second } };
  if (error instanceof ProviderFailure)
    return new Failure(isLate(error) ? 'provider_silent' : 'provider_unreachable', {
      values,
      ...(isCounted && { explain: relayRefusalTexts.brokenOff }),
    });
  if (error instanceof Failure) return error;
  return Object.assign(new Failure('internal'), { cause: error });
}
