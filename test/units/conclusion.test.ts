import { expect, test } from 'vitest';
import { Failure } from '#shared/errors/failure.ts';
import { ProviderFailure } from '#shared/relay/call-provider.ts';
import { conclusionOf } from '#shared/relay/conclude.ts';

test.each([
  ['refunded', 'a key that is missing', { failure: new Failure('key_missing') }],
  ['refunded', 'a provider that was not reached', { failure: new ProviderFailure('unreached') }],
  ['unanswered', 'a provider that was silent', { failure: new ProviderFailure('silent') }],
  ['unanswered', 'an answer that could not be read', { failure: new ProviderFailure('broken') }],
  ['unanswered', 'an answer that was cut', { status: 200, failure: new ProviderFailure('broken') }],
  ['unanswered', 'a provider that has too much to do', { status: 529 }],
  ['unanswered', 'a limit of the provider', { status: 429 }],
  ['answered', 'a mistake in the question', { status: 400 }],
  ['answered', 'a whole answer', { status: 200 }],
  [
    'answered',
    'a caller who took until our time was over',
    { status: 200, failure: new ProviderFailure('overdue') },
  ],
  ['answered', 'a caller who left', { status: 200, failure: undefined }],
] as const)('C57: a call is %s after %s', (conclusion, _, ending) => {
  expect(conclusionOf(ending)).toBe(conclusion);
});
