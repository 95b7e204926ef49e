/**
 * Rows of the invites table: the invite, who redeemed it (by email or device), its pass phrase, what a short code
 * stands for, and which address has an open invite.
 */
export const inviteKey = (id: string) => ({ pk: `invite#${id}`, sk: 'record' });
export const redemptionKey = (inviteId: string, person: string) => ({
  pk: `invite#${inviteId}`,
  sk: `${redemptionPrefix}${person}`,
});
export const redemptionPrefix = 'redemption#';

/** In place of the address or device of a user who has deleted the account. */
export const formerPerson = (userId: string): string => `former:${userId}`;
export const passphraseKey = (inviteId: string) => ({ pk: `invite#${inviteId}`, sk: 'passphrase' });
export const codeRowKey = (codeKey: string) => ({ pk: `code#${codeKey}`, sk: 'record' });

export const openInviteKey = (email: string) => ({ pk: `email#${email}`, sk: 'open' });
