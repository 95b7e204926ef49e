import type { Domain, FormerDomain } from './domain.ts';
import type { Proxy } from './proxy.ts';

interface Told {
  origin: string | null;
  domain: Domain | null;
  formerDomains: readonly FormerDomain[];
  formerOrigins: readonly string[];
  proxy: Proxy | null;
}

/** What the address settings of a deployment imply. */
export interface AddressFacts {
  origin: string | null;
  proxy: Proxy | null;
  /** Addresses from which an old link is redirected to the origin: these hosts and, if `own`, the API's own address. */
  formerAddresses: { hosts: readonly string[]; own: boolean };
}

/** Works out the origin, the proxy and the former addresses of a deployment from its settings. */
export function factsOfAddresses({
  origin,
  domain,
  formerDomains,
  formerOrigins,
  proxy,
}: Told): AddressFacts {
  return {
    origin: origin ?? (domain && `https://${domain.name}`),
    // CloudFront leads to the relay too.
    proxy: proxy && { ...proxy, relay: proxy.relay || domain?.edge === true },
    formerAddresses: {
      hosts: [...formerDomains.map(({ name }) => name), ...formerOrigins.map((one) => new URL(one).hostname)],
      // If a domain or a proxy leads here, only old links still use the API's own address.
      own: domain !== null || proxy !== null,
    },
  };
}

/** The path of the relay at a proxy, below the origin. */
export const relayPath = '/relay';
