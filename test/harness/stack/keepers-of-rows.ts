/**
 * Functions that keep in their memory what they have read of a table: in a stack that is emptied, the key that signs is
 * gone with its row, while one of them would go on signing with it.
 */
export const keepersOfRows = ['oauth-token', 'token-create'];
