import { join } from 'node:path';
import * as z from 'zod/mini';
import type { ShiftedClock } from '../base/clock.ts';
import { positionsIn, type Positions } from '../host/positions.ts';
import { identityOf } from '../gateway/ses-permissions.ts';
import { createKms, type Kms } from '../kms/kms.ts';
import { createSes, type Ses } from '../ses/ses.ts';
import type { Template } from '../template/template.ts';
import type { DataDirectory } from './data-directory.ts';

const keySchema = z.object({
  KeySpec: z._default(z.enum(['HMAC_256', 'SYMMETRIC_DEFAULT']), 'SYMMETRIC_DEFAULT'),
});

export interface Services {
  kms: Kms;
  ses: Ses;
  /** Addresses and domains that may send mail. */
  identities: readonly string[];
  streamPositions: Positions;
}

/**
 * The KMS and SES of a stack, with the template's keys and senders. If a data directory is given, keys, mails and stream
 * positions are read from it.
 * @throws BrokenFile if a file there is not as it was written. Nothing has been changed then.
 */
export function createServices(
  template: Template,
  clock: ShiftedClock,
  data: DataDirectory | undefined,
): Services {
  const identities = template.resources('AWS::SES::EmailIdentity').map(({ physicalId }) => physicalId);
  const keys = template
    .resources('AWS::KMS::Key')
    .map(({ arn = '', properties }) => [arn, keySchema.parse(properties).KeySpec] as const);
  return {
    identities,
    kms: createKms({
      keys: Object.fromEntries(keys),
      ...(data && { file: join(data.path, 'kms.json'), isUsed: data.stores.length > 0 }),
    }),
    ses: createSes({
      verified: (address) => identityOf(address, identities) !== undefined,
      now: clock.now,
      ...(data && { file: join(data.path, 'mails.jsonl') }),
    }),
    streamPositions: positionsIn(data?.path),
  };
}
