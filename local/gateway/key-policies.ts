import * as z from 'zod/mini';
import { account } from '../template/arn.ts';
import type { Template } from '../template/template.ts';
import type { Context } from './condition.ts';
import type { Permission } from './permission.ts';
import { allows, readStatement, statementSchema, withoutAction, type Statement } from './policy.ts';

/** The account as principal, which stands for all its roles: what they may is also for their own policies to say. */
const principalSchema = z.strictObject({ AWS: z.literal(`arn:aws:iam::${account}:root`) });

const keySchema = z.object({
  KeyPolicy: z.optional(
    z.object({ Statement: z.array(z.extend(statementSchema, { Principal: principalSchema })) }),
  ),
});

/** The policies that keys have themselves. A key without one leaves all to the policies of roles. */
export class KeyPolicies {
  /** By the key's ARN. */
  readonly #statements: Map<string, readonly Statement[]>;
  readonly #arns: ReadonlyMap<string, string>;

  constructor(template: Template) {
    const keys = template.resources('AWS::KMS::Key');
    this.#arns = new Map(keys.map(({ name, arn = '' }) => [name, arn]));
    this.#statements = new Map(
      keys.flatMap(({ arn = '', properties }) => {
        const { KeyPolicy } = keySchema.parse(properties);
        return KeyPolicy ? [[arn, KeyPolicy.Statement.map(readStatement)] as const] : [];
      }),
    );
  }

  /** Whether the policy of the key that a permission is about, if it is about one, allows it to such a request. */
  allow(permission: Permission, context: Context): boolean {
    const statements = this.#statements.get(permission.resource);
    return statements === undefined || allows(statements, permission, context);
  }

  /** Takes an action such as `kms:GenerateMac` out of the policy of a key, by its name in the code; the returned function puts it back. */
  remove(key: string, action: string): () => void {
    const arn = this.#arns.get(key);
    const statements = arn === undefined ? undefined : this.#statements.get(arn);
    if (arn === undefined || statements === undefined) throw new Error(`there is no policy of a key ${key}`);
    this.#statements.set(arn, withoutAction(statements, action));
    return () => void this.#statements.set(arn, statements);
  }
}
