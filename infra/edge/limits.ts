/** Where CloudFront takes certificates and firewalls from, wherever the deployment is. */
export const edgeRegion = 'us-east-1';

/** CloudFront waits so long for an answer, and for each further part of it. */
const mostReadSeconds = 120;

/** By so much earlier the relay itself gives up, and can say so. */
const reserveSeconds = 10;

export const mostSilenceSeconds = mostReadSeconds - reserveSeconds;

/** How long CloudFront waits for a relay that waits so long for a provider. */
export const readSecondsFor = (relaySilenceSeconds: number): number => relaySilenceSeconds + reserveSeconds;
