import { SESClient } from '@aws-sdk/client-ses';
import { trimClient } from './trim-client.ts';
import { clientOptions } from './outage.ts';

/** The mail service, for questions about the account, which unlike a mail can be sent again. */
export const sesAccount = trimClient(new SESClient(clientOptions));
