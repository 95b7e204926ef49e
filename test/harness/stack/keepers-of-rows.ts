/**
 * Functions that keep rows of a table in their memory. After a stack is emptied, its signing key is gone with its row. Some of
 * these functions would still sign with it. The others look for its successor only a few times in a while.
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
