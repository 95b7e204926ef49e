import { expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import * as chainCapabilities from '#shared/operation/chain-capabilities.ts';
import { needsOf } from '#shared/operation/chain-needs.ts';
import { isJob, isStream } from '#infra/entry.ts';
import type { Capability } from '#shared/deployment/capability.ts';
import { grantsIn } from '../harness/stack/grant-lines.ts';
import { notedPermissions } from '../harness/stack/noted-permissions.ts';

const used = notedPermissions();
const usedByAny = new Set([...used].map((line) => line.replace(/^\S+ /, '')));

/** Capabilities as text: Node's own loader makes other objects of the declarations than this file imports. */
const written = ({ name, grants }: Capability) => JSON.stringify([name, grants]);

/** Steps of the chain that some operations take themselves, for example public ones that look at a cookie. */
const ofChain = new Set(Object.values(chainCapabilities).map((use) => written(use)));

test('C64: the tests before this one have used stacks', () => {
  expect(used.size).toBeGreaterThan(500);
});

test.each(findOperations())(
  'C64: $id uses everything that its own capabilities allow',
  ({ id, declaration }) => {
    const own = grantsIn(
      declaration.uses.filter((use) => !ofChain.has(written(use))).flatMap(({ grants }) => grants),
    );
    expect(own.filter((what) => !used.has(`${id} ${what}`))).toEqual([]);
  },
);

test('C64: whatever the request chain may do in each function, it does in one of them', () => {
  const chain = findOperations()
    .filter((entry) => !isJob(entry) && !isStream(entry))
    .flatMap(({ declaration }) => Object.values(needsOf(declaration as Parameters<typeof needsOf>[0])));
  const allowed = new Set(grantsIn(chain.flatMap(({ grants }) => grants)));
  expect([...allowed].filter((what) => !usedByAny.has(what))).toEqual([]);
});
