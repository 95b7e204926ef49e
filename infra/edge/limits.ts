/** Where CloudFront takes certificates and firewalls from, wherever the deployment is. */
export const edgeRegion = 'us-east-1';

/** CloudFront waits so long for an answer, and for each further part of it. */
const mostReadSeconds = 120;

/** By so much earlier the relay itself gives up, and can say so. */
const reserveSeconds = 10;

export const mostSilenceSeconds = mostReadSeconds - reserveSeconds;

/**
 * What the firewall takes of one address: `requestsPerFiveMinutes`, of which these shares may be forms (what can sign in,
 * register or make us send a mail), and forms that make us mail whoever is named in them.
 */
export const firewall = { windowSeconds: 300, formShare: 0.15, mailShare: 0.03 };

/** `requestsPerFiveMinutes` by which the firewall lets through so many requests of an address in a minute. */
export const requestsFor = (perMinute: number, share = 1): number =>
  Math.ceil((perMinute * firewall.windowSeconds) / 60 / share);

/** How long CloudFront waits for a relay that waits so long for a provider. */
export const readSecondsFor = (relaySilenceSeconds: number): number => relaySilenceSeconds + reserveSeconds;
