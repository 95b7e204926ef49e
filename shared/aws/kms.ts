import { KMSClient } from '@aws-sdk/client-kms';
import { trimClient } from './trim-client.ts';
import { orOutage, clientOptions } from './outage.ts';

/** The KMS client. An outage, including a disabled key, is thrown as `keys_unavailable`. */
export const kms = trimClient(new KMSClient(clientOptions));

kms.middlewareStack.add((next) => (args) => orOutage('keys_unavailable', () => next(args)), {
  step: 'initialize',
  priority: 'high',
});
