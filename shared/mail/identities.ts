/** The identities of which SES must have verified one so that an address may send: itself, its domain and every parent domain. */
export function identitiesOf(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  const domains = labels.map((_, at) => labels.slice(at).join('.'));
  return [...new Set([address, ...domains.filter((one) => one.includes('.'))])];
}
