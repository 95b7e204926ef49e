import { beforeAll } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { firstAdmin, type SignedIn } from '../people/people.ts';
import { useStack } from './stack.ts';

/** A stack for the test file alone, as `useStack` gives it, and its first administrator, who exists once the tests run. */
export function useAdmin(...wish: Parameters<typeof useStack>): { stack: () => Stack; admin: SignedIn } {
  const stack = useStack(...wish);
  const admin = {} as SignedIn;
  beforeAll(async () => void Object.assign(admin, await firstAdmin(stack())));
  return { stack, admin };
}
