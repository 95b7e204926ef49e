import { describe, expect, test } from 'vitest';
import { carriedParameters, isLongState, isTooLong } from '#shared/apps/carried-parameters.ts';
import type { AuthorizationRequest } from '#shared/apps/authorization-request.ts';
import { cameBack, hasSignedIn, signInPath } from '#shared/apps/sign-in-first.ts';
import { minute } from '#shared/clock.ts';
import { parseParameters } from '#shared/http/parameters.ts';
import type { UserSession } from '#shared/sessions/session.ts';

const now = 1_700_000_000_000;
const wanted = (request: object, name = 'portal') => ({ app: { name }, ...request }) as AuthorizationRequest;
/** A user who signed in `ago` milliseconds ago. */
const caller = (ago: number, deviceOnly?: boolean) =>
  ({ user: { deviceOnly }, session: { createdAt: now - ago } }) as UserSession;
const since = (ago: number) => parseParameters(`signed_in_since=${now - ago}`);
const nothing = parseParameters('');

describe('R6.1: somebody has signed in for an app', () => {
  const has = (request: object, ago: number, parameters = nothing, name?: string) =>
    hasSignedIn(wanted(request, name), caller(ago), parameters, now);

  test('whenever it was, where the app asks for nothing more', () => {
    expect(has({}, 400 * minute)).toBe(true);
    expect(has({ prompt: 'create' }, 400 * minute)).toBe(true);
  });

  test('never, where it asks for a new sign-in', () => {
    expect(has({ prompt: 'login' }, 0)).toBe(false);
  });

  test('less long ago than it wants', () => {
    expect(has({ maxAgeSeconds: 60 }, minute - 1)).toBe(true);
    expect(has({ maxAgeSeconds: 60 }, minute)).toBe(false);
    expect(has({ maxAgeSeconds: 0 }, 0)).toBe(false);
  });

  test('since they were led to do so, in that very millisecond too', () => {
    expect(has({}, minute, since(minute))).toBe(true);
    expect(has({}, minute, since(minute - 1))).toBe(false);
    expect(has({}, minute, parseParameters('signed_in_since=long')), 'no time').toBe(true);
  });

  test('R6.7: in the last ten minutes, where the app is the command line', () => {
    expect(has({}, 10 * minute - 1, nothing, 'latchkey-cli')).toBe(true);
    expect(has({}, 10 * minute, nothing, 'latchkey-cli')).toBe(false);
  });

  test('by the key of a device that is all there is, each time', () => {
    const asked = wanted({ prompt: 'login', maxAgeSeconds: 0 }, 'latchkey-cli');
    expect(hasSignedIn(asked, caller(400 * minute, true), since(0), now)).toBe(true);
  });
});

test('R6.1: they come back from a sign-in if they were led to one, and have signed in since', () => {
  const { session } = caller(minute);
  expect(cameBack(session, since(minute))).toBe(true);
  expect(cameBack(session, since(minute - 1))).toBe(false);
  expect(cameBack(session, nothing)).toBe(false);
});

describe('R6.1: somebody is led to sign in', () => {
  const lead = (request: object, isSignedIn: boolean, query = 'client_id=portal', deviceOnly = false) => {
    const path = signInPath(wanted(request), parseParameters(query), isSignedIn, { deviceOnly }, now);
    const { pathname, searchParams } = new URL(path, 'https://latchkey.example');
    const { next = '', ...more } = Object.fromEntries(searchParams);
    const back = new URL(next, 'https://latchkey.example');
    expect(back.pathname).toBe('/oauth/authorize');
    return { pathname, more, back: back.search.slice(1) };
  };
  const fresh = `client_id=portal&signed_in_since=${now}`;

  test('where one signs in or registers, as the app asks, or without a password', () => {
    expect(lead({}, false)).toEqual({ pathname: '/login', more: {}, back: 'client_id=portal' });
    expect(lead({ prompt: 'create' }, false).pathname).toBe('/register');
    expect(lead({}, false, '', true).pathname).toBe('/register');
  });

  test('though they are signed in, with a word to the page that it does not lead on at once', () => {
    expect(lead({}, true)).toEqual({ pathname: '/login', more: { again: '1' }, back: fresh });
    expect(lead({ prompt: 'create' }, true).pathname).toBe('/login');
  });

  test('anew where the app asks for that, and once: what asks for it does not come back with them', () => {
    const query = 'client_id=portal&prompt=login&max_age=0&signed_in_since=1';
    expect(lead({ prompt: 'login' }, false, query).back).toBe(fresh);
    expect(lead({ maxAgeSeconds: 0 }, false, query).back).toBe(fresh);
    expect(lead({}, false, query).back).toBe('client_id=portal');
  });
});

describe('R6.1: of a request', () => {
  test('comes along what the protocol knows, and nothing else', () => {
    const parameters = parseParameters('state=a&nonce=&form=x&ui_locales=de');
    expect(carriedParameters(parameters)).toStrictEqual({ state: 'a', ui_locales: 'de' });
  });

  test('C90: 3,900 characters can come along, and 2,000 of a state', () => {
    const ofLength = (length: number) => parseParameters(`state=${'a'.repeat(length - 'state='.length)}`);
    expect([3_900, 3_901].map((length) => isTooLong(ofLength(length)))).toEqual([false, true]);
    expect([2_000, 2_001].map((length) => isLongState('a'.repeat(length)))).toEqual([false, true]);
    expect(isLongState('€'.repeat(223)), 'nine characters each').toBe(true);
  });
});
