import { Failure } from '../errors/failure.ts';
import type { Service } from '../services.ts';
import type { Settings } from '../settings.ts';
import { ProviderFailure } from './call-provider.ts';

/** What a provider's failure is to the caller; every other error is what it is. */
export function failureOf(
  error: unknown,
  { title }: Service,
  { relaySilenceSeconds }: Pick<Settings, 'relaySilenceSeconds'>,
): Failure {
  const values = { service: title, seconds: relaySilenceSeconds };
  if (error instanceof ProviderFailure)
    return new Failure(error.how === 'silent' ? 'provider_silent' : 'provider_unreachable', { values });
  if (error instanceof Failure) return error;
  return Object.assign(new Failure('internal'), { cause: error });
}
