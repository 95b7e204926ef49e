/**
 * Functions that keep rows of a table in their memory. After a stack is emptied, its signing key is gone with its row. Some of
 * these functions would still sign with it. The others limit how often they look for its successor.
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
