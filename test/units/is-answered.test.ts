import { expect, test } from 'vitest';
import { Failure } from '#shared/errors/failure.ts';
import { ProviderFailure } from '#shared/relay/call-provider.ts';
import { isAnswered } from '#shared/relay/end-reservation.ts';

const cut = new ProviderFailure('broken');

test.each([
  [false, 'a key that is missing', { failure: new Failure('key_missing') }],
  [false, 'a provider that was not reached', { failure: new ProviderFailure('unreached') }],
  [false, 'a provider that was silent', { failure: new ProviderFailure('silent') }],
  [false, 'an answer that could not be read', { failure: cut }],
  [false, 'an answer that was cut before its first byte', { status: 200, hasBody: false, failure: cut }],
  [false, 'a provider that has too much to do', { status: 529, hasBody: true }],
  [false, 'a limit of the provider', { status: 429, hasBody: true }],
  [false, 'a time-out of the provider', { status: 408, hasBody: true }],
  [false, 'a conflict at the provider', { status: 409, hasBody: true }],
  [true, 'an answer that was cut', { status: 200, hasBody: true, failure: cut }],
  [true, 'a mistake in the question', { status: 400, hasBody: true }],
  [true, 'a whole answer', { status: 200, hasBody: true }],
  [true, 'an answer without a body', { status: 200, hasBody: false, failure: undefined }],
  [
    true,
    'a caller who took until our time was over',
    { status: 200, hasBody: true, failure: new ProviderFailure('overdue') },
  ],
  [true, 'a caller who left', { status: 200, hasBody: false, failure: undefined }],
])('C57: a call counts: %s, after %s', (isCounted, _, ending) => {
  expect(isAnswered(ending)).toBe(isCounted);
});
