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
    id: 'c89b5efd',
    file: 'shared/sessions/session.ts',
    reason: 'A request would have to come in the very millisecond in which its use is due to be written.',
  },
  {
    id: 'b0db633a',
    file: 'shared/sessions/session.ts',
    reason: 'The same, where the next token is due.',
  },
  {
    id: 'a0c1aec0',
    file: 'shared/sessions/session.ts',
    reason: 'The same, where an offer is to be repeated.',
  },
  {
    id: '49e43a52',
    file: 'shared/sessions/session.ts',
    reason: 'The same, where a sign-in counts as just done no more.',
  },
  {
    id: '83b513a2',
    file: 'shared/sessions/session.ts',
    reason: 'The same, where the session ends.',
  },
  {
    id: 'f1cc65a8',
    file: 'shared/sessions/session.ts',
    reason: 'The same, where it is told why it has ended.',
  },
  {
    id: 'c7b23e86',
    file: 'shared/sessions/match-token.ts',
    reason: 'The same, where the token before ends.',
  },
  {
    id: 'eb05968f',
    file: 'shared/sessions/match-token.ts',
    reason:
      'The end of the token before is written with its hash: where there is none, its end is long past.',
  },
  {
    id: '376448ae',
    file: 'shared/sessions/rotation.ts',
    reason: 'Whoever asks has read the token, whose secret can be decoded.',
  },
  {
    id: '7ccfb0a0',
    file: 'shared/sessions/session.ts',
    reason: 'Whoever is disabled gets another epoch in the same write, which is compared before.',
  },
  {
    id: 'b83cf7ae',
    file: 'shared/quotas/use-quotas.ts',
    reason: 'Twenty rounds or twenty-one: no caller can tell, nor needs the last one.',
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
  {
    id: 'dfce0a0c',
    file: 'shared/apps/grant-rows.ts',
    reason:
      'The hash of a code is written with its grant and never again, and who comes with another code is refused before.',
  },
  {
    id: 'aeeba1e9',
    file: 'shared/apps/grant-rows.ts',
    reason: 'A grant ends by what came of its code alone, which is used by then.',
  },
  {
    id: '97c7ec0a',
    file: 'shared/apps/grant-rows.ts',
    reason: 'A code would have to come in the very millisecond in which its minute ends.',
  },
  {
    id: 'f4177b11',
    file: 'shared/apps/grant-rows.ts',
    reason:
      'A grant that has ended never holds again: a refresh token that is written over it is refused, and an access token with it.',
  },
  {
    id: '74e9cb9e',
    file: 'shared/invites/change-invites.ts',
    reason:
      'Where no row points to an invite, the change is made once more without releasing one. Whoever comes in by an invite comes before its rows are forgotten.',
  },
  {
    id: '1321d80e',
    file: 'shared/invites/create-invites.ts',
    reason: 'An address would have to be invited in the very millisecond in which its invite ends.',
  },
  {
    id: 'd82b3eb3',
    file: 'shared/invites/create-invites.ts',
    reason:
      'No code of an invite is stored twice: a new link has a new code, and an invite that is there already is refused by its own row.',
  },
  {
    id: '952ac829',
    file: 'shared/invites/first-admin.ts',
    reason:
      'Of two calls at once the later link is good and the earlier one dead, whether it takes its place or comes one generation after.',
  },
  {
    id: 'b0c507eb',
    file: 'shared/invites/first-admin.ts',
    reason: 'The same, for the first two calls of a deployment.',
  },
  {
    id: 'c0b6407f',
    file: 'shared/invites/redemption-writes.ts',
    reason:
      'Whoever is disabled has lost what they had granted before in the same write, which is asked for by itself.',
  },
  {
    id: 'a2d8c60b',
    file: 'shared/invites/redemption-writes.ts',
    reason: 'So has whoever is demoted; and who may not administer has made no such invite.',
  },
  {
    id: 'bee99545',
    file: 'shared/invites/redemption-writes.ts',
    reason:
      'An invite is found good at the time that its use is written with; what moves its end gives it another generation.',
  },
  {
    id: '44ceb332',
    file: 'shared/invites/redemption-writes.ts',
    reason: 'The same, in one millisecond.',
  },
  {
    id: 'eba76a1f',
    file: 'shared/invites/states.ts',
    reason: 'It runs once, when the module is loaded, and no mutant is active by then.',
  },
];
