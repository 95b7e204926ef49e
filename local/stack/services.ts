import { join } from 'node:path';
import * as z from 'zod/mini';
import type { ShiftedClock } from '../base/clock.ts';
import { identityOf } from '../gateway/ses-permissions.ts';
import { createKms, type Kms } from '../kms/kms.ts';
import { createSes, type Ses } from '../ses/ses.ts';
import type { Template } from '../template/template.ts';

const keySchema = z.object({
  KeySpec: z._default(z.enum(['HMAC_256', 'SYMMETRIC_DEFAULT']), 'SYMMETRIC_DEFAULT'),
});

export interface Services {
  kms: Kms;
  ses: Ses;
  /** Addresses and domains that may send. */
  identities: readonly string[];
}

/** The KMS and SES of a stack, with the template's keys and senders. Their data is kept in `dataDir`, if given. */
export function createServices(
  template: Template,
  clock: ShiftedClock,
  dataDir: string | undefined,
): Services {
  const identities = template.resources('AWS::SES::EmailIdentity').map(({ physicalId }) => physicalId);
  const keys = template
    .resources('AWS::KMS::Key')
    .map(({ arn = '', properties }) => [arn, keySchema.parse(properties).KeySpec] as const);
  return {
    identities,
    kms: createKms({ keys: Object.fromEntries(keys), ...(dataDir && { file: join(dataDir, 'kms.json') }) }),
    ses: createSes({
      verified: (address) => identityOf(address, identities) !== undefined,
      now: clock.now,
      ...(dataDir && { file: join(dataDir, 'mails.jsonl') }),
    }),
  };
}
