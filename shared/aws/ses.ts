import { SESClient } from '@aws-sdk/client-ses';
import { trimClient } from './trim-client.ts';
import { clientOptions } from './outage.ts';

const agent = { keepAlive: false };

/**
 * The SES client for mails. It tries once: SES v1 has no idempotency token, so that a blind retry could send a mail twice. Each mail
 * has its own connection: a kept one may have died while Lambda was frozen, and then it would be unknown whether SES has the mail.
 */
export const ses = trimClient(
  new SESClient({
    ...clientOptions,
    maxAttempts: 1,
    requestHandler: { ...clientOptions.requestHandler, httpAgent: agent, httpsAgent: agent },
  }),
);
