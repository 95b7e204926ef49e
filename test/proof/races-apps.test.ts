/** @module-tag engine */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { codeFor, exchange, portal, post, refresh, signInToPortal, userinfo } from '../harness/apps/door.ts';
import { mailedGuest } from '../harness/people/people.ts';
import { outcomes, prove } from './races/prove.ts';
import { mishaps, race, type Racer } from './races/race.ts';
import { useRaceStack } from './races/use-race-stack.ts';

const stack = useRaceStack();
const { client_id } = portal;

prove(stack, {
  name: 'R6.1: of a code redeemed several times at once one gets tokens, which end when it comes again later',
  plan: fc.record({ requests: fc.integer({ min: 2, max: 4 }), comesAgain: fc.boolean(), mishaps }),
  prepare: (admin) => mailedGuest(stack(), admin),
  async race(scheduler, { requests, comesAgain, mishaps }, guest) {
    const asked = await codeFor(stack(), guest);
    const redeem: Racer = (headers) => exchange(stack(), asked, {}, headers);
    const answers = await race(
      stack(),
      scheduler,
      Array.from({ length: requests }, () => redeem),
      { mishaps },
    );
    const said = outcomes(answers).toSorted();
    expect(said).toEqual(['200', ...Array.from({ length: requests - 1 }, () => 'invalid_grant')]);
    const { access_token: access, refresh_token: first = '' } = answers.find(({ status }) => status === 200)!
      .json as { access_token: string; refresh_token?: string };
    if (comesAgain) expect((await exchange(stack(), asked)).json.error).toBe('invalid_grant');
    expect((await userinfo(stack(), access)).status).toBe(comesAgain ? 401 : 200);
    expect((await refresh(stack(), first)).status).toBe(comesAgain ? 400 : 200);
  },
});

/** Acts of a program with the refresh tokens of a grant. The third token is the present one. */
const deeds = ['present', 'previous', 'spent', 'revoke'] as const;

prove(stack, {
  name: 'R6.5: refreshes at once get one and the same token; one that was replaced long ago, or a sign-out, ends them all',
  plan: fc.record({
    done: fc.array(
      fc.oneof({ weight: 5, arbitrary: fc.constant('present' as const) }, fc.constantFrom(...deeds)),
      { minLength: 2, maxLength: 4 },
    ),
    mishaps,
  }),
  prepare: (admin) => mailedGuest(stack(), admin),
  async race(scheduler, { done, mishaps }, guest) {
    const spent = (await signInToPortal(stack(), guest)).refresh_token!;
    const previous = (await refresh(stack(), spent)).json.refresh_token!;
    const present = (await refresh(stack(), previous)).json.refresh_token!;
    const tokens = { present, previous, spent, revoke: present };
    const racers = done.map((deed): Racer => (headers) => {
      const token = tokens[deed];
      return deed === 'revoke'
        ? post(stack(), '/oauth/revoke', { client_id, token }, headers)
        : post(
            stack(),
            '/oauth/token',
            { client_id, grant_type: 'refresh_token', refresh_token: token },
            headers,
          );
    });
    const answers = await race(stack(), scheduler, racers, { mishaps });
    const words = outcomes(answers);
    const said = done.map((deed, at) => `${deed} ${words[at]}`).join(', ');
    const given = (deed: string): Set<string> =>
      new Set(
        answers
          .filter(({ status }, at) => done[at] === deed && status === 200)
          .map(({ json }) => (json as { refresh_token: string }).refresh_token),
      );
    const ends = done.includes('spent') || done.includes('revoke');
    const allowed = { present: '200', previous: '200', spent: 'invalid_grant', revoke: '200' };
    // Once the present token was exchanged, the previous one is spent.
    const mayBeSpent = done.includes('previous') && done.includes('present');
    for (const [at, deed] of done.entries())
      expect([allowed[deed], ...(ends || mayBeSpent ? ['invalid_grant'] : [])], said).toContain(words[at]);
    expect(given('present').size, said).toBeLessThanOrEqual(1);
    const [next] = given('present');
    expect(
      [...given('previous')].filter((token) => token !== present && token !== next),
      said,
    ).toEqual([]);
    const isOver =
      ends ||
      (done.includes('previous') && words[done.indexOf('previous')] === 'invalid_grant') ||
      done.some((deed, at) => deed === 'previous' && words[at] === 'invalid_grant');
    expect((await refresh(stack(), next ?? present)).status, said).toBe(isOver ? 400 : 200);
  },
});
