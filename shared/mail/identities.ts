/** What lets an address send, once SES has verified one of it: itself, its domain, and every domain above that. */
export function identitiesOf(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  const domains = labels.map((_, at) => labels.slice(at).join('.'));
  return [...new Set([address, ...domains.filter((one) => one.includes('.'))])];
}
