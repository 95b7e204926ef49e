/**
 * Where the secret of a hash is kept in Secrets Manager, in the region of CloudFront's stack. Another secret has another name: by
 * that CloudFormation sees that there is something new to read.
 */
export const secretNameOf = (hash: string): string => `latchkey-proxy-${hash.slice(0, 12)}`;
