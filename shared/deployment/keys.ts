/**
 * The KMS keys of a deployment; none can leave KMS. One key for one purpose, so that a function that may use it can do
 * nothing else with it: `tokens` derives invite links and codes, `codes` says where a code is filed and signs captchas,
 * `pepper` stands before the password hash, `sessions` derives the next token of a session, `flows` the codes that go
 * by mail, `clients` the secrets of apps, and `secrets` encrypts what must be read again: API keys, and keys that sign tokens, which
 * IAM tells apart by the encryption context (`onSecrets`). `purpose` is the key's description in the template.
 */
export const keys = {
  tokens: { spec: 'HMAC_256', purpose: 'Latchkey: invite tokens' },
  codes: { spec: 'HMAC_256', purpose: 'Latchkey: where short codes are filed' },
  pepper: { spec: 'HMAC_256', purpose: 'Latchkey: password pepper' },
  sessions: { spec: 'HMAC_256', purpose: 'Latchkey: rotation of sessions' },
  flows: { spec: 'HMAC_256', purpose: 'Latchkey: codes that go by mail' },
  clients: { spec: 'HMAC_256', purpose: 'Latchkey: secrets of apps' },
  secrets: { spec: 'SYMMETRIC_DEFAULT', purpose: 'Latchkey: API keys and signing keys' },
} as const;

export type KeyName = keyof typeof keys;
export type KeySpec = (typeof keys)[KeyName]['spec'];

/** Keys by which something is made or read that lets in whoever holds it: links and codes, tokens, API keys. */
export const keysToSecrets: readonly KeyName[] = ['tokens', 'sessions', 'flows', 'clients', 'secrets'];
export const keyNames = Object.keys(keys) as KeyName[];

const idOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** The key `here` in place of `key`, where both are replicas of one: those of all regions have one id. */
export const replicaOf = (key: string, here: string): string => (idOf(key) === idOf(here) ? here : key);
