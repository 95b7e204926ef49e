import { SESClient } from '@aws-sdk/client-ses';
import { lean } from './lean.ts';
import { patience } from './outage.ts';

/** The mail service. One try: SES v1 has no idempotency token, so that a blind repeat could send a mail twice. */
export const ses = lean(new SESClient({ ...patience, maxAttempts: 1 }));
