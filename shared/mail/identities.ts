/** The identities that let an address send, if SES has verified any of them: the address, its domain and every parent domain. */
export function identitiesOf(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  const domains = labels.map((_, at) => labels.slice(at).join('.'));
  return [...new Set([address, ...domains.filter((one) => one.includes('.'))])];
}
