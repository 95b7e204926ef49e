/**
 * The KMS keys of a deployment. `tokens` derives invite tokens, `pepper` stands before the password hash;
 * both are HMAC keys that cannot leave KMS. `purpose` is the key's description in the template.
 */
export const keys = {
  tokens: { spec: 'HMAC_256', purpose: 'Latchkey: invite tokens' },
  pepper: { spec: 'HMAC_256', purpose: 'Latchkey: password pepper' },
} as const;

export type KeyName = keyof typeof keys;
export const keyNames = Object.keys(keys) as KeyName[];
