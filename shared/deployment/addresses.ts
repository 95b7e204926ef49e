import type { Domain, FormerDomain } from './domain.ts';
import type { Proxy } from './proxy.ts';

interface Told {
  origin: string | null;
  domain: Domain | null;
  formerDomains: readonly FormerDomain[];
  formerOrigins: readonly string[];
  proxy: Proxy | null;
}

/** What follows from where a deployment is told to be. */
export interface AddressFacts {
  origin: string | null;
  proxy: Proxy | null;
  /** From where a browser with an old link is led to the origin: these hosts, and (`own`) the API's own address. */
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
      // Where another address is known to lead here, nobody comes by this one but by an old link.
      own: domain !== null || proxy !== null,
    },
  };
}

/** Where a proxy has the relay, below the origin. */
export const relayPath = '/relay';
