import { describe, expect, test } from 'vitest';
import { day, hour } from '#shared/clock.ts';
import type { SigningAlg } from '#shared/deployment/settings.ts';
import { keyFinder } from '#shared/sessions/access-tokens.ts';
import {
  nextTurn,
  published,
  signerAt,
  signerExpiry,
  turnEnds,
  type Signer,
} from '#shared/sessions/signer.ts';

const now = 1_700_000_000_000;
/** A key that signs from `from` days after now until `until` days after now. */
const signer = (alg: SigningAlg, from: number, until: number): Signer => ({
  number: 1,
  id: `${alg} ${from}`,
  alg,
  publicKey: {},
  signsFrom: now + from * day,
  signsUntil: now + until * day,
});
const present = signer('RS256', -10, 20);
const next = signer('RS256', 20, 50);

test('R6.2: a key is published from when it is made until an hour after its turn, and kept as long', () => {
  const gone = present.signsUntil + hour;
  const idsAt = (at: number) => published([present, next], at).map(({ id }) => id);
  expect(idsAt(now)).toEqual([present.id, next.id]);
  expect(idsAt(gone - 1)).toEqual([present.id, next.id]);
  expect(idsAt(gone)).toEqual([next.id]);
  expect(signerExpiry(present)).toBe(gone);
});

describe('C30: one key signs', () => {
  const at = (moment: number, ...signers: Signer[]) => signerAt(signers, 'RS256', moment);

  test('from the first moment of its turn to before the last', () => {
    expect(at(present.signsFrom - 1, present, next)).toBeUndefined();
    expect(at(present.signsFrom, present, next)).toBe(present);
    expect(at(present.signsUntil - 1, present, next)).toBe(present);
    expect(at(present.signsUntil, present, next)).toBe(next);
    expect(at(next.signsUntil, present, next)).toBeUndefined();
  });

  test('of the algorithm that is set, or the newest of others until there is one', () => {
    const older = signer('EdDSA', -20, 10);
    const newer = signer('ES256', -15, 15);
    expect(at(now, older, newer, present)).toBe(present);
    expect(at(now, older, newer, next)).toBe(newer);
    expect(at(now, newer, older, next)).toBe(newer);
  });

  test('until its turn ends, or one of the algorithm that is set begins', () => {
    const old = signer('EdDSA', -20, 10);
    const soon = signer('RS256', 2, 32);
    const ends = (one: Signer, ...signers: Signer[]) => turnEnds(one, signers, 'RS256', now);
    expect(ends(present, present, next)).toBe(present.signsUntil);
    expect(ends(old, old, soon)).toBe(soon.signsFrom);
    expect(ends(old, old, signer('ES256', 1, 5), signer('RS256', -30, -1))).toBe(old.signsUntil);
    expect(ends(present, present, signer('RS256', 0, 1))).toBe(present.signsUntil);
  });
});

describe('R6.2: the next key is made', () => {
  const turn = (...signers: Signer[]) => nextTurn(signers, 'RS256', now);
  const turnOf = (from: number) => ({ from, until: from + 30 * day });

  test('less than a day before the turn of the last one ends, and signs after it', () => {
    const ending = signer('RS256', -29, 1);
    expect(turn(present)).toBeUndefined();
    expect(turn(ending)).toBeUndefined();
    const late = { ...ending, signsUntil: ending.signsUntil - 1 };
    expect(turn(late)).toEqual(turnOf(late.signsUntil));
    expect(turn(late, signer('RS256', 1, 31)), 'made already').toBeUndefined();
    expect(turn(signer('RS256', -60, -30), late, signer('ES256', -9, 21))).toEqual(turnOf(late.signsUntil));
  });

  test('at once where none signs, for those who asked a moment before too', () => {
    expect(turn()).toEqual(turnOf(now - hour));
    expect(turn(signer('RS256', -40, -10))).toEqual(turnOf(now - hour));
    expect(turn(signer('EdDSA', -40, -10))).toEqual(turnOf(now - hour));
  });

  test('where clocks were put back, to sign until the one that was made before', () => {
    const later = signer('RS256', 3, 33);
    expect(turn(later, signer('RS256', 33, 63))).toEqual({ from: now - hour, until: later.signsFrom });
    expect(turn(signer('RS256', 0.5, 33)), 'though that begins within a day').toEqual({
      from: now - hour,
      until: now + day / 2,
    });
  });

  test('of another algorithm, to sign in two hours, if none is published that begins within a day', () => {
    const old = signer('EdDSA', -20, 10);
    expect(turn(old)).toEqual(turnOf(now + 2 * hour));
    expect(turn(old, signer('RS256', 1, 31))).toBeUndefined();
    expect(turn(old, signer('RS256', 1, 31), signer('RS256', 31, 61))).toBeUndefined();
    expect(turn(old, signer('RS256', 2, 32))).toEqual({ from: now + 2 * hour, until: now + 2 * day });
  });
});

describe('C29 C30: the key that a token names', () => {
  const named = (alg: SigningAlg): string => signer(alg, -10, 20).id;
  /** A finder for these keys that counts its reads. */
  function keys(...present: Signer[]) {
    let reads = 0;
    const find = keyFinder(() => {
      reads += 1;
      return Promise.resolve([...present]);
    });
    return { present, find, reads: () => reads };
  }

  test('is one that is published, by its name alone', async () => {
    const { find, reads } = keys(present, signer('ES256', -10, 20), signer('EdDSA', -50, -20));
    expect((await find(named('ES256'), now))?.alg).toBe('ES256');
    expect((await find(named('RS256'), now))?.alg).toBe('RS256');
    expect(reads()).toBe(1);
    expect(await find(signer('EdDSA', -50, -20).id, now), 'over').toBeUndefined();
    expect(await find(undefined, now)).toBeUndefined();
  });

  test('is looked for three times in five seconds at most, whatever names are made up', async () => {
    const { find, reads } = keys(present);
    for (let name = 0; name < 9; name += 1) expect(await find(`made up ${name}`, now)).toBeUndefined();
    expect(reads()).toBe(3);
    await find('made up', now + 4_999);
    expect(reads()).toBe(3);
    for (let name = 0; name < 9; name += 1) await find(`made up ${name}`, now + 5_000);
    expect(reads()).toBe(6);
    // A clock can be set back.
    await find('made up', now);
    expect(reads()).toBe(7);
  });

  test('is found once it is made, though two were looked for that are not there', async () => {
    const { present: list, find } = keys(present);
    await find('made up', now);
    await find('made up too', now);
    list.push(signer('ES256', -10, 20));
    expect((await find(named('ES256'), now))?.alg).toBe('ES256');
  });
});
