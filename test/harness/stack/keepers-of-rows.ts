/**
 * Functions that keep in their memory what they have read of a table: in a stack that is emptied, the key that signs is
 * gone with its row, while the first ones would go on signing with it, and the others ask for its successor a few times
 * in a while only.
 */
export const keepersOfRows = [
  'authorization-create',
  'oauth-logout',
  'oauth-revoke',
  'oauth-token',
  'relay',
  'token-create',
  'userinfo-read',
];
