/** @module-tag engine */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { send, type Answered } from '../harness/http/http.ts';
import { unprovenUser } from '../harness/people/accounts.ts';
import { mailedCode, otherCode } from '../harness/people/codes.ts';
import { openInvite, password, register, somebody } from '../harness/people/people.ts';
import { outcomes, prove } from './races/prove.ts';
import { mishaps, race, type Racer } from './races/race.ts';
import { useRaceStack } from './races/use-race-stack.ts';

const stack = useRaceStack();

const cookieOf = (answer: Answered): string | undefined => answer.cookies['__Host-session']?.value;
const ask = (cookie: string, headers: Record<string, string> = {}) =>
  send(stack(), 'GET', '/v1/me', { cookies: { '__Host-session': cookie }, headers });

const someRequests = fc.array(fc.boolean(), { minLength: 2, maxLength: 4 });

prove(stack, {
  name: 'C36: requests that race through a rotation stay signed in, and there is one token after the old one',
  plan: fc.record({ first: fc.integer({ min: 2, max: 4 }), second: someRequests, mishaps }),
  async prepare(admin) {
    return (await register(stack(), await openInvite(stack(), admin), somebody())).user.username;
  },
  async race(scheduler, { first, second, mishaps }, login) {
    stack().clock.offsetSeconds = 0;
    const json = { login, password };
    const headers = { origin: stack().app };
    const old = cookieOf(await send(stack(), 'POST', '/v1/sessions', { json, headers }))!;
    stack().clock.offsetSeconds = 3_700;
    const racers = Array.from({ length: first }, (): Racer => (trace) => ask(old, trace));
    const answers = await race(stack(), scheduler, racers, { mishaps });
    expect(new Set(outcomes(answers))).toEqual(new Set(['200']));
    const offered = new Set(answers.map(cookieOf).filter((token) => token !== undefined));
    // After a conflict, a later request offers the new token.
    if (mishaps.length === 0 || offered.size > 0) expect(offered.size).toBe(1);
    const next = [...offered][0] ?? cookieOf(await ask(old))!;

    const mixed = second.map(
      (isNew): Racer =>
        (trace) =>
          ask(isNew ? next : old, trace),
    );
    const later = await race(stack(), scheduler, mixed, { mishaps });
    expect(new Set(outcomes(later))).toEqual(new Set(['200']));
    expect(later.map(cookieOf).filter((token) => token !== undefined && token !== next)).toEqual([]);
    expect((await ask(next)).status).toBe(200);
    stack().clock.offsetSeconds += 120;
    expect([(await ask(next)).status, (await ask(old)).status]).toEqual([200, 401]);
  },
});

prove(stack, {
  name: 'C24: of guesses at once each counts once, five are looked at, and who is right is no failure',
  plan: fc.record({
    before: fc.integer({ min: 2, max: 4 }),
    isRight: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)), {
      minLength: 2,
      maxLength: 4,
    }),
    mishaps,
  }),
  async prepare(admin) {
    return (await register(stack(), await openInvite(stack(), admin), somebody())).user.username;
  },
  async race(scheduler, { before, isRight, mishaps }, login) {
    const guess = (secret: string, headers: Record<string, string> = {}) =>
      send(stack(), 'POST', '/v1/sessions', {
        json: { login, password: secret, transport: 'token' },
        headers,
      });
    // The last race's lock ends, and the right password clears the wrong tries.
    stack().clock.offsetSeconds += 601;
    expect((await guess(password)).status).toBe(201);
    for (let n = 0; n < before; n += 1) expect((await guess('wrong')).status).toBe(401);
    const racers = isRight.map(
      (right): Racer =>
        (trace) =>
          guess(right ? password : 'wrong', trace),
    );
    const answers = outcomes(await race(stack(), scheduler, racers, { mishaps }));
    // An unfinished try is released after at most half a minute. No lock ends by then.
    stack().clock.offsetSeconds += 31;
    let after = 0;
    while ((await guess('wrong')).status === 401) expect((after += 1)).toBeLessThan(6);

    const said = `${before} before, ${answers.join(' ')}, ${after} after`;
    for (const [at, right] of isRight.entries())
      expect([right ? '201' : 'invalid_credentials', 'locked'], said).toContain(answers[at]);
    const wrong = answers.filter((one) => one === 'invalid_credentials').length;
    if (!answers.includes('201')) expect(before + wrong + after, said).toBe(5);
    else expect(wrong + after, said).toBeGreaterThanOrEqual(5 - before);
    expect(after, said).toBeLessThanOrEqual(5);
  },
});

prove(stack, {
  name: 'C40 C41: of a code brought several times at once one proves, and each wrong one is one of five tries',
  plan: fc.record({ before: fc.constantFrom(0, 2, 3), isRight: someRequests, mishaps }),
  prepare: (admin) => Promise.resolve(admin),
  async race(scheduler, { before, isRight, mishaps }, _, admin) {
    const { email, session } = await unprovenUser(stack(), admin);
    const { token } = session;
    const { flow, code } = await mailedCode(stack(), 'email-verify', email, { token });
    const bring = (isRightCode: boolean, headers: Record<string, string> = {}) => {
      const json = { flow, code: isRightCode ? code : otherCode(code) };
      return send(stack(), 'POST', '/v1/email/verify', { token, json, headers });
    };
    for (let n = 0; n < before; n += 1) expect((await bring(false)).status).toBe(422);
    const racers = isRight.map(
      (right): Racer =>
        (trace) =>
          bring(right, trace),
    );
    const answers = outcomes(await race(stack(), scheduler, racers, { mishaps }));
    const [again] = outcomes([await bring(true)]);

    const said = `${before} before, ${answers.join(' ')}, then ${again}`;
    expect(
      answers.filter((one) => one !== '200' && one !== 'code_invalid'),
      said,
    ).toEqual([]);
    const proofs = isRight.filter((right, at) => right && answers[at] === '200').length;
    expect(
      answers.filter((one) => one === '200'),
      said,
    ).toHaveLength(proofs);
    const wrong = before + isRight.filter((right) => !right).length;
    const isProven = proofs === 1;
    expect(proofs, said).toBeLessThanOrEqual(1);
    // Simultaneous tries may take each other's place. If there is room for all, the right code succeeds.
    if (isRight.includes(true) && before + isRight.length <= 5) expect(isProven, said).toBe(true);
    expect(again, said).toBe(!isProven && wrong < 5 ? '200' : 'code_invalid');
  },
});
