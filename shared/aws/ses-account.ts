import { SESClient } from '@aws-sdk/client-ses';
import { trimClient } from './trim-client.ts';
import { clientOptions } from './outage.ts';

/** The SES client for queries about the account. Unlike mails, these may be retried. */
export const sesAccount = trimClient(new SESClient(clientOptions));
