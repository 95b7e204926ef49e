import type { Folder } from './folders.ts';

interface Explained {
  /** The mutant's id, as the report of its survival names it. */
  id: string;
  file: `shared/${Folder}/${string}.ts`;
  /** Why it cannot be noticed, or in which case it would matter. */
  reason: string;
}

/** Mutants that may survive. A test checks that each one still exists. */
export const explained: readonly Explained[] = [
  {
    id: 'db69dbfb',
    file: 'shared/sessions/keep-sessions.ts',
    reason:
      'A use moves the end that comes of idleness alone. The end for good stays where it was, and whoever finds the session looks at both.',
  },
  {
    id: 'a039926a',
    file: 'shared/sessions/keep-sessions.ts',
    reason: 'The same, in one millisecond.',
  },
  {
    id: 'c465b5bd',
    file: 'shared/sessions/keep-sessions.ts',
    reason:
      'A request would have to be under way while the session ends, and write in that very millisecond: no clock here is still for so long.',
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
    id: 'f4687d98',
    file: 'shared/sessions/proofs.ts',
    reason: 'A proof would have to be of exactly 2,000 characters; one of a browser has a third of them.',
  },
  {
    id: '8386972b',
    file: 'shared/sessions/proofs.ts',
    reason:
      'A time that is no number is refused by the library that checks the signature, and none at all is at no distance.',
  },
  {
    id: '7e71665d',
    file: 'shared/sessions/proofs.ts',
    reason: 'A request would have to come in the very millisecond in which its proof ends.',
  },
  {
    id: '272f194b',
    file: 'shared/sessions/end-sessions.ts',
    reason: 'Four turns or five: no caller can tell, nor needs the last one.',
  },
  {
    id: '9f1fcca2',
    file: 'shared/sessions/find-accounts.ts',
    reason: 'An account goes with its credentials and with the claims on its names, in one write.',
  },
  {
    id: '6003cbc1',
    file: 'shared/sessions/find-accounts.ts',
    reason: 'Where there are no credentials, no password is the right one.',
  },
  {
    id: '3373b363',
    file: 'shared/sessions/keep-sessions.ts',
    reason:
      'Nothing is due of a session that was replaced a minute ago at most; where each use is written, one more is.',
  },
  {
    id: '3d2e767b',
    file: 'shared/sessions/keep-sessions.ts',
    reason: 'The hash of the token is handed over too, and nobody reads it.',
  },
  {
    id: '27639ac3',
    file: 'shared/sessions/keep-sessions.ts',
    reason: 'A session that was replaced before has it since the first time.',
  },
  {
    id: '458f329b',
    file: 'shared/sessions/list-sessions.ts',
    reason:
      'The engines of the tests read nothing that is old, whatever is asked of them. That it is asked of DynamoDB is a rule: test/rules/aws-clients.test.ts.',
  },
  {
    id: 'd634a763',
    file: 'shared/sessions/session-cookie.ts',
    reason: 'Where the header is missing, the text `undefined` is looked at, which is no token either.',
  },
  {
    id: '9e66b16f',
    file: 'shared/sessions/end-taken-over.ts',
    reason:
      'What is derived says its generation: the present token was recognised before, and nobody has one that was not offered. It costs a request to KMS, and no more.',
  },
  {
    id: '8650921a',
    file: 'shared/sessions/end-taken-over.ts',
    reason: 'The same of generations after the present one.',
  },
  {
    id: 'e6c3f9a2',
    file: 'shared/sessions/end-taken-over.ts',
    reason: 'The same of the present one.',
  },
  {
    id: 'a9e7104b',
    file: 'shared/sessions/end-taken-over.ts',
    reason: 'The same of a token that says none: the first one, which is random, is known by its hash.',
  },
  {
    id: 'f58f9fba',
    file: 'shared/sessions/end-taken-over.ts',
    reason: 'The same.',
  },
  {
    id: 'b83cf7ae',
    file: 'shared/quotas/use-quotas.ts',
    reason: 'Twenty rounds or twenty-one: no caller can tell, nor needs the last one.',
  },
  {
    id: 'c251caf8',
    file: 'shared/quotas/quota-texts.ts',
    reason: 'Where no window runs, nothing of a limit is used: only a limit of zero refuses then.',
  },
  {
    id: '2fa142e5',
    file: 'shared/quotas/reserve-call.ts',
    reason: 'It is the limit of the day that is compared with the other one so, and a day has an end.',
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
    id: '4478ea25',
    file: 'shared/vault/change-key.ts',
    reason: 'Four tries or five: no caller can tell, nor needs the last one.',
  },
  {
    id: '943a9ef7',
    file: 'shared/vault/change-key.ts',
    reason: 'A request would have to come in the very millisecond in which a key is forgotten.',
  },
  {
    id: '2db1bde8',
    file: 'shared/vault/use-key.ts',
    reason: 'The same, where the key is to be used.',
  },
  {
    id: '9e70c5d8',
    file: 'shared/vault/read-keys.ts',
    reason: 'The same, where keys are listed.',
  },
  {
    id: 'b84e8954',
    file: 'shared/vault/read-keys.ts',
    reason:
      'The engines of the tests read nothing that is old, whatever is asked of them. That it is asked of DynamoDB is a rule: test/rules/aws-clients.test.ts.',
  },
  {
    id: '9f627e3e',
    file: 'shared/vault/api-key.ts',
    reason: 'What is undefined is not written, nor looked at.',
  },
  {
    id: '9ff36b83',
    file: 'shared/vault/use-key.ts',
    reason: 'The same.',
  },
  {
    id: '27a1b664',
    file: 'shared/vault/use-key.ts',
    reason:
      'Killed by test/operations/relay-provider.test.ts, which looks at the whole log and so cannot be repeated in one process as those that are tried.',
  },
  {
    id: 'fbe13d0e',
    file: 'shared/vault/use-key.ts',
    reason: 'The same.',
  },
  {
    id: '5e74e906',
    file: 'shared/vault/encrypt-key.ts',
    reason: 'What the client of KMS throws is always an error.',
  },
  {
    id: '32e1cef3',
    file: 'shared/apps/end-grants.ts',
    reason: 'Where the grant has ended, the same writes once more are refused, all of them.',
  },
  {
    id: '258c5a06',
    file: 'shared/apps/grant-rows.ts',
    reason: 'A field that is undefined is removed, and a grant whose code was not used has none.',
  },
  {
    id: '9e34865b',
    file: 'shared/apps/grant-rows.ts',
    reason: 'The same; a generation without a refresh token is of no use.',
  },
  {
    id: '86dd2904',
    file: 'shared/apps/list-used-apps.ts',
    reason:
      'No engine of the tests reads what was there a moment before. That all reads of tables are consistent is a rule (test/rules/aws-clients.test.ts).',
  },
  {
    id: '05a72574',
    file: 'shared/apps/open-grants.ts',
    reason: 'What is undefined is not written.',
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
    id: '98228947',
    file: 'shared/apps/authorization-request.ts',
    reason: 'An address that is missing or empty is none of those that are registered.',
  },
  {
    id: '50936eba',
    file: 'shared/apps/authorization-request.ts',
    reason: 'The text of a challenge that is undefined is none either: it is too short.',
  },
  {
    id: 'f551bcc4',
    file: 'shared/apps/exchange-code.ts',
    reason: 'The same of a verifier.',
  },
  {
    id: 'b0a1e950',
    file: 'shared/apps/exchange-code.ts',
    reason: 'A code would have to come again in the very millisecond in which it is used.',
  },
  {
    id: '69d43662',
    file: 'shared/apps/exchange-refresh-token.ts',
    reason: 'A token that a session offers to nobody is offered again a minute later, to a browser.',
  },
  {
    id: 'f2da4fbb',
    file: 'shared/apps/return-uri.ts',
    reason: 'What is the same without its port as an address on this machine is one itself.',
  },
  {
    id: '433f1131',
    file: 'shared/apps/return-uri.ts',
    reason: 'The same, the other way round.',
  },
  {
    id: '0a382aa8',
    file: 'shared/apps/refresh-grants.ts',
    reason: 'The hash of a refresh token and its generation are written together.',
  },
  {
    id: '3b534dd1',
    file: 'shared/apps/refresh-grants.ts',
    reason: 'The same.',
  },
  {
    id: '5a921c1f',
    file: 'shared/apps/refresh-grants.ts',
    reason: 'A token would have to come in the very millisecond in which the one before ends.',
  },
  {
    id: '25f90848',
    file: 'shared/apps/refresh-grants.ts',
    reason:
      'Nobody has a token of a generation that was not given yet: it costs a request to KMS, and no more.',
  },
  {
    id: 'cdc78331',
    file: 'shared/apps/refresh-grants.ts',
    reason: 'The same of one before the first.',
  },
  {
    id: '8c6a5051',
    file: 'shared/apps/refresh-grants.ts',
    reason: 'Both.',
  },
  {
    id: '74cbe4e3',
    file: 'shared/apps/refresh-grants.ts',
    reason: 'The token of the present generation was recognised before.',
  },
  {
    id: 'b570c3ca',
    file: 'shared/apps/refresh-grants.ts',
    reason: 'A grant without a refresh token was refused before, where the token is matched.',
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
    id: '1730086d',
    file: 'shared/invites/redemption-writes.ts',
    reason:
      'An invite is found good at the time that its use is written with; what moves its end gives it another generation.',
  },
  {
    id: 'cabdd8ed',
    file: 'shared/invites/redemption-writes.ts',
    reason: 'The same, in one millisecond.',
  },
  {
    id: '2909f7a7',
    file: 'shared/invites/reissued.ts',
    reason: 'An address that is undefined is not stored, and an invite without one has none to keep.',
  },
  {
    id: 'aacfc501',
    file: 'shared/invites/reissued.ts',
    reason:
      'Generations are told apart, and never ordered. Where they begin at a time instead of 0, the first administrator has come in by then, and that invite is used.',
  },
  {
    id: 'a99515e0',
    file: 'shared/invites/reissued.ts',
    reason:
      'An invite that is open and has let somebody in is on its way to move them: it becomes the same once more.',
  },
  {
    id: '7d306d2c',
    file: 'shared/invites/inspect-invite.ts',
    reason:
      'No link was ever made of a generation that is undefined: it costs a request to KMS, and no more.',
  },
  {
    id: 'ea0b7261',
    file: 'shared/invites/invite.ts',
    reason: 'A request would have to come in the very millisecond in which an invite ends.',
  },
  {
    id: '5afa0136',
    file: 'shared/invites/invite.ts',
    reason: 'An invite would have to be made in the very millisecond in which its issuer may grant again.',
  },
  {
    id: 'eba76a1f',
    file: 'shared/invites/states.ts',
    reason: 'It runs once, when the module is loaded, and no mutant is active by then.',
  },
  {
    id: 'dd377ad6',
    file: 'shared/sessions/end-oldest.ts',
    reason: 'No two sessions of somebody have the same id.',
  },
  {
    id: '4dafeb76',
    file: 'shared/sessions/end-oldest.ts',
    reason:
      'The engines of the tests read nothing that is old, whatever is asked of them. That it is asked of DynamoDB is a rule: test/rules/aws-clients.test.ts.',
  },
  {
    id: '763a9c0b',
    file: 'shared/sessions/signers.ts',
    reason:
      'The engines of the tests read nothing that is old, whatever is asked of them. That it is asked of DynamoDB is a rule: test/rules/aws-clients.test.ts.',
  },
  {
    id: '0fe5d198',
    file: 'shared/sessions/signers.ts',
    reason:
      'What is read beside is the private half of a key, encrypted by one that whoever checks tokens may not use; nobody shows it.',
  },
  {
    id: 'fea5bcb7',
    file: 'shared/quotas/use-quotas.ts',
    reason: 'A round learns of a limit that began anew, and there are two of them: no end takes a fourth.',
  },
  {
    id: 'ca35f7db',
    file: 'shared/quotas/use-quotas.ts',
    reason: 'The same: this is never reached.',
  },
  {
    id: '35da790b',
    file: 'shared/quotas/use-quotas.ts',
    reason: 'A write that was done was refused by no row.',
  },
  {
    id: 'a77bbe38',
    file: 'shared/quotas/use-quotas.ts',
    reason:
      'The id that was written is found where it is looked for once more, and has ended. It costs three requests.',
  },
  {
    id: 'bbea878e',
    file: 'shared/quotas/use-quotas.ts',
    reason: 'A row of this release refuses that write by the call alone.',
  },
  {
    id: 'aa0e1412',
    file: 'shared/vault/use-key.ts',
    reason:
      'Killed by test/faults/key-use.test.ts, which has a client of its own and so is not among those that are tried.',
  },
  {
    id: '431dbe5a',
    file: 'shared/invites/change-invites.ts',
    reason: 'No row has the key of no code: what is deleted then is not there.',
  },
  {
    id: '086499bf',
    file: 'shared/invites/create-body.ts',
    reason: 'Only a text that is a code comes so far.',
  },
  {
    id: 'b4cd042f',
    file: 'shared/invites/create-invites.ts',
    reason: 'Only an invite with a mailbox is refused for the claim on it.',
  },
  {
    id: 'b6386d05',
    file: 'shared/invites/create-invites.ts',
    reason:
      'The claim would have to go between the refusal and the look at it: the answer then names no invite, by an empty id or none.',
  },
  {
    id: '3480eebf',
    file: 'shared/invites/invitees.ts',
    reason: 'An invite for one address has one.',
  },
  {
    id: '13c06ba8',
    file: 'shared/invites/list-invites.ts',
    reason:
      'The engine of these runs ends the list there too; DynamoDB refuses a position outside of what is asked for.',
  },
  {
    id: 'a4d8d9d9',
    file: 'shared/invites/redemption-writes.ts',
    reason:
      'Who displaces somebody moves nobody: where there is no issuer, one of the other two is not there either.',
  },
  {
    id: '10f8c576',
    file: 'shared/invites/list-redemptions.ts',
    reason:
      'The engines of the tests read nothing that is old. That it is asked of DynamoDB is a rule: test/rules/aws-clients.test.ts.',
  },
  {
    id: '579c94e1',
    file: 'shared/invites/list-redemptions.ts',
    reason:
      'The engines of the tests read nothing that is old. That it is asked of DynamoDB is a rule: test/rules/aws-clients.test.ts.',
  },
];
