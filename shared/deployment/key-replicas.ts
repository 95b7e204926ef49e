import * as z from 'zod/mini';
import { keyNames } from './keys.ts';

const keyName = z.string().check(z.refine((name) => (keyNames as string[]).includes(name)));

/** Only a multi-region key has replicas. Its id begins with `mrk-`. */
const arn = z.string().check(z.regex(/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/mrk-\w+$/));

/** The setting `keyReplicas`: by name, replicas of another region's keys, which the service uses in place of the stack's own. */
export const keyReplicasSchema = z
  .record(keyName, arn)
  .check(z.describe(`ARNs of replicas (key/mrk-…) by the names of keys: ${keyNames.join(', ')}`));
