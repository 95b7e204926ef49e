import { SESClient } from '@aws-sdk/client-ses';
import { trimClient } from './trim-client.ts';
import { clientOptions } from './outage.ts';

/** The mail service. One try: SES v1 has no idempotency token, so that a blind repeat could send a mail twice. */
export const ses = trimClient(new SESClient({ ...clientOptions, maxAttempts: 1 }));
