/**
 * The KMS keys of a deployment, all HMAC keys that cannot leave KMS: `tokens` derives links and codes, `codes` says
 * where a code is filed, `pepper` stands before the password hash. `purpose` is the key's description in the template.
 */
export const keys = {
  tokens: { spec: 'HMAC_256', purpose: 'Latchkey: invite tokens' },
  codes: { spec: 'HMAC_256', purpose: 'Latchkey: where short codes are filed' },
  pepper: { spec: 'HMAC_256', purpose: 'Latchkey: password pepper' },
} as const;

export type KeyName = keyof typeof keys;
export const keyNames = Object.keys(keys) as KeyName[];
