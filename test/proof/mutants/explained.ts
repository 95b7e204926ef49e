import type { Folder } from './folders.ts';

interface Explained {
  /** Of the mutant, as its survival was told. */
  id: string;
  file: `shared/${Folder}/${string}.ts`;
  /** Why nobody can notice it, or what would have to be the case for it to matter. */
  reason: string;
}

/** Mutants that survive, and may. Each one still exists: a test compares. */
export const explained: readonly Explained[] = [
  {
    id: '6a063cd9',
    file: 'shared/vault/change-key.ts',
    reason:
      'A change is made of `active`, `expiresAt` and the reminder alone, which the condition compares too: a key of another time that agrees in all of them is changed into what it would be if it had been read.',
  },
  {
    id: '7705c49d',
    file: 'shared/vault/use-key.ts',
    reason:
      'Killed by test/faults/key-use.test.ts, which has a client of its own and so is not among those that are tried: no request comes in a certain millisecond.',
  },
];
