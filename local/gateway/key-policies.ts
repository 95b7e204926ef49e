import * as z from 'zod/mini';
import { account } from '../template/arn.ts';
import type { Template } from '../template/template.ts';
import type { Context } from './condition.ts';
import type { Permission } from './permission.ts';
import { allows, readStatement, statementSchema, withoutAction, type Statement } from './policy.ts';

/** The account as principal stands for all its roles. The role's own policy must then allow the action as well. */
const principalSchema = z.strictObject({ AWS: z.literal(`arn:aws:iam::${account}:root`) });

const keySchema = z.object({
  KeyPolicy: z.optional(
    z.object({ Statement: z.array(z.extend(statementSchema, { Principal: principalSchema })) }),
  ),
});

/** The keys' own policies. A key without one leaves the decision to the roles' policies. */
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

  /** Whether the key's own policy allows the permission in this request. True if the resource is not a key with a policy. */
  allow(permission: Permission, context: Context): boolean {
    const statements = this.#statements.get(permission.resource);
    return statements === undefined || allows(statements, permission, context);
  }

  /** Removes an action such as `kms:GenerateMac` from the policy of a key, named as in the code. The returned function restores it. */
  remove(key: string, action: string): () => void {
    const arn = this.#arns.get(key);
    const statements = arn === undefined ? undefined : this.#statements.get(arn);
    if (arn === undefined || statements === undefined) throw new Error(`there is no policy of a key ${key}`);
    this.#statements.set(arn, withoutAction(statements, action));
    return () => void this.#statements.set(arn, statements);
  }
}
