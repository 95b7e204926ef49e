/**
 * The KMS keys of a deployment; none can leave KMS. Each key has one purpose, so that a function that may use it can do nothing else
 * with it: `tokens` derives invite links and codes, `codes` derives where a code is filed and signs captchas, `pepper` is applied to a
 * password before its hash, `sessions` derives the next token of a session, `flows` the codes that go by mail, `clients` the secrets of
 * apps, and `secrets` encrypts what must be read again: API keys, and keys that sign tokens. IAM tells those two apart by the
 * encryption context (`onSecrets`). `purpose` is the key's description in the template.
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

/** Keys that make or read secrets that admit their holder: links and codes, tokens, API keys. */
export const keysToSecrets: readonly KeyName[] = ['tokens', 'sessions', 'flows', 'clients', 'secrets'];
export const keyNames = Object.keys(keys) as KeyName[];

const idOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** The key `here` in place of `key`, if both are replicas of one key: replicas have the same id in all regions. */
export const replicaOf = (key: string, here: string): string => (idOf(key) === idOf(here) ? here : key);
