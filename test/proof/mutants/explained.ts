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
    id: 'a600f0c5',
    file: 'shared/sessions/keep-sessions.ts',
    reason:
      'A use moves the end that comes of idleness alone. The end for good stays where it was, and whoever finds the session looks at both.',
  },
  {
    id: 'ab5b7d8f',
    file: 'shared/sessions/keep-sessions.ts',
    reason: 'The same, in one millisecond.',
  },
  {
    id: '0c20d386',
    file: 'shared/sessions/keep-sessions.ts',
    reason:
      'A request would have to be under way while the session ends, and write in that very millisecond: no clock here is still for so long.',
  },
  {
    id: 'f5e65a85',
    file: 'shared/sessions/keep-sessions.ts',
    reason:
      'The token that is left as the next one is the present one by then, and is looked for as that first; the offer after it takes its place.',
  },
  {
    id: 'af26150f',
    file: 'shared/sessions/keep-sessions.ts',
    reason:
      'An offer is repeated a minute after the last one, and first made an hour after a rotation: by then every earlier offer is over.',
  },
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
