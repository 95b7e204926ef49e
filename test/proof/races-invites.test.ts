/** @module-tag engine */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { send } from '../harness/http/http.ts';
import { attempt } from '../harness/people/guests.ts';
import { invite, somebody, tokenOf } from '../harness/people/people.ts';
import { outcomes, prove } from './races/prove.ts';
import { mishaps, race, type Racer } from './races/race.ts';
import { useRaceStack } from './races/use-race-stack.ts';

const stack = useRaceStack();

prove(stack, {
  name: 'C1 C2 C3 C8: of guests at once, as many come in as the invite has uses, and none once it is withdrawn',
  plan: fc.record({
    uses: fc.integer({ min: 1, max: 3 }),
    // A guest who appears twice sends the same registration twice.
    guests: fc.array(fc.nat(3), { minLength: 2, maxLength: 4 }),
    isRevoked: fc.boolean(),
    mishaps,
  }),
  prepare: (admin) => Promise.resolve(admin),
  async race(scheduler, { uses, guests, isRevoked, mishaps }, { session: { token } }, admin) {
    const [made] = await invite(stack(), admin, { maxUses: uses });
    const path = `/v1/admin/invites/${made!.id}`;
    const people = guests.map(() => somebody());
    const racers: Racer[] = [
      ...guests.map(
        (guest): Racer =>
          (headers) =>
            attempt(stack(), { token: tokenOf(made!.url), ...people[guest % people.length] }, { headers }),
      ),
      ...(isRevoked
        ? [(headers: Record<string, string>) => send(stack(), 'POST', `${path}/revoke`, { token, headers })]
        : []),
    ];
    const [redeemed, [revoked]] = split(
      outcomes(await race(stack(), scheduler, racers, { mishaps })),
      guests,
    );
    const isIn = (at: number): boolean => redeemed[at] === '201';
    const persons = guests.map((guest) => guest % people.length);
    const inside = new Set(persons.filter((_, at) => isIn(at)));
    const said = `${redeemed.join(' ')}; ${revoked ?? ''}`;

    const { json } = await send<{ uses: number; usedBy: object[] }>(stack(), 'GET', path, { token });
    expect({ uses: json.uses, usedBy: json.usedBy.length }, said).toEqual({
      uses: inside.size,
      usedBy: inside.size,
    });
    if (revoked === '200') expect(inside.size, said).toBeLessThan(uses);
    else expect(inside.size, said).toBe(Math.min(uses, new Set(persons).size));
    const allowed = new Set(['201', 'invite_used', ...(revoked === '200' ? ['invite_revoked'] : [])]);
    expect(
      redeemed.filter((one) => !allowed.has(one)),
      said,
    ).toEqual([]);
    // All requests of a registered guest succeed, whichever of them came first.
    expect(
      persons.filter((person, at) => inside.has(person) && !isIn(at)),
      said,
    ).toEqual([]);
  },
});

const split = (all: string[], { length }: readonly unknown[]) =>
  [all.slice(0, length), all.slice(length)] as const;

prove(stack, {
  name: 'C20: of guests who want the same address or name at once, each has one holder, and nobody is refused without one',
  plan: fc.record({
    wishes: fc.array(fc.record({ email: fc.nat(1), username: fc.nat(2), isLoud: fc.boolean() }), {
      minLength: 2,
      maxLength: 4,
    }),
    mishaps,
  }),
  prepare: (admin) => Promise.resolve(admin),
  async race(scheduler, { wishes, mishaps }, _, admin) {
    const invites = await invite(stack(), admin, { count: wishes.length });
    const names = [0, 1, 2].map(() => somebody());
    const racers = wishes.map(({ email, username, isLoud }, at): Racer => {
      const address = names[email]!.email;
      const who = { email: isLoud ? address.toUpperCase() : address, username: names[username]!.username };
      return (headers) => attempt(stack(), { token: tokenOf(invites[at]!.url), ...who }, { headers });
    });
    const answers = outcomes(await race(stack(), scheduler, racers, { mishaps }));
    const inside = wishes.filter((_, at) => answers[at] === '201');
    for (const field of ['email', 'username'] as const)
      expect(new Set(inside.map((wish) => wish[field])).size, answers.join(' ')).toBe(inside.length);
    for (const [at, wish] of wishes.entries()) {
      const refusals = (['email', 'username'] as const)
        .filter((field) => inside.some((one) => one[field] === wish[field]))
        .map((field) => `${field}_taken`);
      expect(inside.includes(wish) ? ['201'] : refusals, answers.join(' ')).toContain(answers[at]);
    }
  },
});
