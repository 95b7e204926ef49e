import { KMSClient } from '@aws-sdk/client-kms';
import { lean } from './lean.ts';
import { orOutage, patience } from './outage.ts';

/** The key service. An outage, a disabled key included, is thrown as `keys_unavailable`. */
export const kms = lean(new KMSClient(patience));

kms.middlewareStack.add((next) => (args) => orOutage('keys_unavailable', () => next(args)), {
  step: 'initialize',
  priority: 'high',
});
