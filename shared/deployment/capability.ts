import type { Config } from './config.ts';
import type { IndexName, TableName } from './tables.ts';
import { keysToSecrets, type KeyName } from './keys.ts';

export type DynamoAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'
  | 'DescribeTable';
type SecretAction = 'Encrypt' | 'Decrypt';
export type KmsAction = 'GenerateMac' | 'VerifyMac' | SecretAction | 'DescribeKey';

/** Selects ciphertexts of a key by their encryption context: by values in it, or by names that it must have. */
export interface BoundTo {
  equals?: Readonly<Record<string, string>>;
  has?: readonly string[];
}

/** What an operation may do in AWS, in words that `infra` turns into one IAM statement. */
export type Grant =
  | { on: 'table'; table: TableName; actions: readonly DynamoAction[] }
  | { on: 'index'; table: TableName; index: string; actions: readonly ['Query'] }
  | { on: 'key'; key: KeyName; actions: readonly KmsAction[]; boundTo?: BoundTo }
  | { on: 'relay'; actions: readonly [] }
  | { on: 'sender'; actions: readonly ['SendEmail'] }
  | { on: 'mail account'; actions: readonly ['GetSendQuota', 'GetIdentityVerificationAttributes'] };

export const onTable = (table: TableName, ...actions: readonly DynamoAction[]): Grant => ({
  on: 'table',
  table,
  actions,
});

export const onIndex = <T extends TableName>(table: T, index: IndexName<T>): Grant => ({
  on: 'index',
  table,
  index,
  actions: ['Query'],
});

/** Grants uses of a KMS key. `onSecrets` grants encryption and decryption. */
export const onKey = (key: KeyName, ...actions: readonly Exclude<KmsAction, SecretAction>[]): Grant => ({
  on: 'key',
  key,
  actions,
});

/** One key encrypts secrets of several kinds. A function that may read one kind cannot read the others. */
export const onSecrets = (boundTo: BoundTo, ...actions: readonly SecretAction[]): Grant => ({
  on: 'key',
  key: 'secrets',
  actions,
  boundTo,
});

/** Tells the operation the relay's address. It grants no permission. */
export const onRelay: Grant = { on: 'relay', actions: [] };

/** The right to send mail as the deployment's sender. */
export const onSender: Grant = { on: 'sender', actions: ['SendEmail'] };

/** The right to read the account's sending quota and the state of its sender identities. */
export const onMailAccount: Grant = {
  on: 'mail account',
  actions: ['GetSendQuota', 'GetIdentityVerificationAttributes'],
};

/**
 * One kind of access that an operation has to the outside: the name under which `run` receives it, the permissions it needs, and how it
 * is made. Only listing it in `uses` gives an operation the port and the permissions.
 */
export interface Capability<Name extends string = string, Port extends object = object> {
  readonly name: Name;
  readonly grants: readonly Grant[];
  make(config: Config): Port;
}

/** Declares a capability. Two with the same name in one `uses` give `run` one port with the methods of both. */
export function capability<const Name extends string, Port extends object>(
  name: Name,
  grants: readonly Grant[],
  make: (config: Config) => Port,
): Capability<Name, Port> {
  return { name, grants, make };
}

/** Whether one of `uses` makes or reads a secret that admits its holder. Checking a secret reveals none. */
export const makesSecrets = (uses: readonly Capability[]): boolean =>
  uses
    .flatMap(({ grants }) => grants)
    .some(
      (grant) =>
        grant.on === 'key' &&
        keysToSecrets.includes(grant.key) &&
        (grant.actions.includes('GenerateMac') || grant.actions.includes('Decrypt')),
    );

type PortOf<C> = C extends Capability<string, infer Port> ? Port : never;
type Intersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;

/** The ports that a list of capabilities gives, by name. Capabilities with the same name are merged. */
export type Ports<Uses extends readonly Capability[]> = {
  [Name in Uses[number]['name']]: Intersection<PortOf<Extract<Uses[number], { name: Name }>>>;
};

/** Makes the ports of `uses`, once per Lambda instance. */
export function makePorts(uses: readonly Capability[], config: Config): Record<string, object> {
  const ports: Record<string, object> = {};
  for (const { name, make } of uses) ports[name] = { ...ports[name], ...make(config) };
  return ports;
}
