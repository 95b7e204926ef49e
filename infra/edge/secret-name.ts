/**
 * The name of the secret with this hash in Secrets Manager, in the region of CloudFront's stack. A new secret has a new name, so
 * CloudFormation notices that it must read it.
 */
export const secretNameOf = (hash: string): string => `latchkey-proxy-${hash.slice(0, 12)}`;
