import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { expect, test } from 'vitest';
import { makeChallenge } from '#shared/guards/captchas.ts';

test('C11 C102 C104: a captcha costs work: its solver must look for the number among many', async () => {
  const counters: number[] = [];
  for (let n = 0; n < 6; n += 1) {
    const challenge = await makeChallenge('secret', 0);
    counters.push((await solveChallenge({ challenge, deriveKey }))!.counter);
  }
  // Six numbers below 2,000 are all below 100 once in 60 million runs.
  expect(Math.max(...counters)).toBeGreaterThan(99);
  expect(Math.max(...counters)).toBeLessThan(2_000);
});
