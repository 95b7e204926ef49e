import { SESClient } from '@aws-sdk/client-ses';
import { trimClient } from './trim-client.ts';
import { clientOptions } from './outage.ts';

const agent = { keepAlive: false };

/**
 * The mail service. One try: SES v1 has no idempotency token, so that a blind repeat could send a mail twice. A connection of its own
 * for each mail: a kept one may have died while Lambda was frozen, and nobody could tell then whether SES has the mail.
 */
export const ses = trimClient(
  new SESClient({
    ...clientOptions,
    maxAttempts: 1,
    requestHandler: { ...clientOptions.requestHandler, httpAgent: agent, httpsAgent: agent },
  }),
);
