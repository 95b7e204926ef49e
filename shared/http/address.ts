import { isIP, isIPv4, isIPv6 } from 'node:net';

/** CloudFront appends the port to an IPv6 address without brackets, so that a short port looks like a part of the address. */
const alwaysWithPort = 'cloudfront-viewer-address';

/** The one address in the header of this name, without a port; undefined if the header holds anything else. */
export function addressIn(name: string, text: string): string | undefined {
  const unported =
    name === alwaysWithPort
      ? text.replace(/:\d{1,5}$/, '')
      : text.replace(/^(\d+\.\d+\.\d+\.\d+|\[.*\]):\d{1,5}$/s, '$1');
  const bare = unported.replace(/^\[(.*)\]$/s, '$1');
  // Dual-stack servers write an IPv4 address as an IPv4-mapped IPv6 address. Left so, all of them would share one /64.
  const address = bare.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) && !address.includes('%') ? address : undefined;
}

/** The eight groups of an IPv6 address in any spelling, without a zone (RFC 4291, 2.2). */
function groupsOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address.replace(/%.*/s, '')}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const [front, back] = [head, tail ?? ''].map((half) => half.split(':').filter(Boolean)) as [
    string[],
    string[],
  ];
  const gap = Array<string>(8 - front.length - back.length).fill('0');
  return [...front, ...gap, ...back].map((group) => Number.parseInt(group, 16));
}

/**
 * The caller as rate limits count it: an IPv4 address, or the /64 of an IPv6 address, since one subscriber controls a whole /64 (RFC
 * 6177).
 */
export function addressBucket(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address).map((group) => group.toString(16));
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/**
 * The network of an address: `192.0.2.0/24`, `2001:db8:1::/48`. It lets users recognise where they were, without showing the whole
 * address. Undefined if the text is no address.
 */
export function networkOf(address: string): string | undefined {
  if (isIPv4(address)) return `${address.slice(0, address.lastIndexOf('.'))}.0/24`;
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address);
  // An IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2).
  const isMapped = groups.slice(0, 6).join() === '0,0,0,0,0,65535';
  if (isMapped) return `${groups[6]! >> 8}.${groups[6]! & 255}.${groups[7]! >> 8}.0/24`;
  const network = groups.slice(0, 3).map((group) => group.toString(16));
  return `${new URL(`http://[${network.join(':')}::]`).hostname.slice(1, -1)}/48`;
}
