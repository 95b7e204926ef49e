/** The region of CloudFront's certificates and firewalls, wherever the deployment is. */
export const edgeRegion = 'us-east-1';

/** The longest time that CloudFront waits for an answer, and for each further part of it. */
const mostReadSeconds = 120;

/** How much earlier the relay itself gives up, so that it can say so. */
const reserveSeconds = 10;

export const mostSilenceSeconds = mostReadSeconds - reserveSeconds;

/**
 * What the firewall accepts from one address: `requestsPerFiveMinutes`. Of these, `formShare` may be forms (requests that can
 * sign in, register or send a mail), and `mailShare` may be forms that mail the person whom they name.
 */
export const firewall = { windowSeconds: 300, formShare: 0.15, mailShare: 0.03 };

/** The `requestsPerFiveMinutes` with which the firewall lets `perMinute` requests of an address through in a minute. */
export const requestsFor = (perMinute: number, share = 1): number =>
  Math.ceil((perMinute * firewall.windowSeconds) / 60 / share);

/** How long CloudFront waits for a relay that itself waits `relaySilenceSeconds` for a provider. */
export const readSecondsFor = (relaySilenceSeconds: number): number => relaySilenceSeconds + reserveSeconds;
