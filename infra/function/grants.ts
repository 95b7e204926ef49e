import type { Stack } from 'aws-cdk-lib';
import type { BoundTo, Grant } from '#shared/deployment/capability.ts';
import { variable } from '#shared/deployment/config.ts';
import type { Job } from '#shared/operation/job.ts';
import { capabilitiesOf } from '#shared/operation/chain-needs.ts';
import type { Operation } from '#shared/operation/operation.ts';
import type { Stream } from '#shared/operation/stream.ts';
import type { Failures } from './failures.ts';
import { allow, allowWildcard, type Condition, type Statement } from './policy.ts';
import type { Sender } from '../stacks/mail-stack.ts';
import type { StatefulStack } from '../stacks/stateful-stack.ts';

/** What grants can name. Without a sender (copy-link mode) no function may send. */
export interface Resources {
  stateful: StatefulStack;
  failures: Failures;
  sender: Sender | undefined;
  /** The relay's address. */
  relay: string;
}

/** All grants of a declaration's capabilities, merged into one per resource, so that the template has room for 120 roles. */
export function grantsOf(declaration: Operation | Job | Stream): Grant[] {
  const byResource = new Map<string, Grant>();
  for (const grant of capabilitiesOf(declaration).flatMap((capability) => capability.grants)) {
    const { actions, ...resource } = grant;
    const name = JSON.stringify(resource);
    const granted = byResource.get(name)?.actions ?? [];
    byResource.set(name, { ...grant, actions: [...new Set([...granted, ...actions])] } as Grant);
  }
  return [...byResource.values()];
}

/** Whether a declaration hashes passwords: each hash needs the pepper first. */
export const hashes = (declaration: Operation | Job | Stream): boolean =>
  grantsOf(declaration).some((grant) => grant.on === 'key' && grant.key === 'pepper');

/** The statements of a function's role that allow its grants. */
export const statementsOf = (grants: readonly Grant[], resources: Resources): Statement[] =>
  grants.flatMap((grant) => statementOf(grant, resources));

function statementOf(grant: Grant, { stateful, sender }: Resources): Statement | readonly Statement[] {
  const actions = (service: string) => grant.actions.map((action) => `${service}:${action}`);
  switch (grant.on) {
    case 'table':
      return allow(actions('dynamodb'), [stateful.tables[grant.table].arn]);
    case 'index':
      return allow(actions('dynamodb'), [`${stateful.tables[grant.table].arn}/index/${grant.index}`]);
    case 'key':
      return allow(actions('kms'), [stateful.keys[grant.key]], conditionOf(grant.boundTo));
    case 'sender':
      return sender ? sendingStatements(sender, actions('ses'), stateful) : [];
    case 'relay':
      return [];
    case 'mail account':
      return sender ? allowWildcard('MailAccount', mailAccountReason, actions('ses'), ['*']) : [];
  }
}

/** The condition that IAM sets on the encryption context of a request to KMS. */
function conditionOf(boundTo: BoundTo | undefined): Condition | undefined {
  if (boundTo === undefined) return undefined;
  const { equals = {}, has = [] } = boundTo;
  const named = <Value>(pairs: readonly (readonly [string, Value])[]) =>
    Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value]));
  const condition = {
    StringEquals: named(Object.entries(equals)),
    Null: named(has.map((name) => [name, 'false'] as const)),
  };
  return Object.fromEntries(Object.entries(condition).filter(([, keys]) => Object.keys(keys).length > 0));
}

const mailAccountReason = 'SES knows no resource for reading the state of the account and of its identities';

const sendingReason =
  'SES asks for the identity that it knows the sender by, its address or its domain, and in the sandbox for that of the recipient too; what bounds it is the condition on the From address.';

/** SES requires both statements for mail that is sent under a configuration set. */
const sendingStatements = (
  { address, configurationSetArn }: Sender,
  actions: readonly string[],
  stack: Stack,
): Statement[] => [
  allowWildcard(
    'SendMail',
    sendingReason,
    actions,
    [stack.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' })],
    { StringEquals: { 'ses:FromAddress': address } },
  ),
  allow(actions, [configurationSetArn]),
];

/** The environment variables by which a function finds the resources of its grants, and no others. */
export function variablesOf(
  grants: readonly Grant[],
  { stateful, sender, relay }: Resources,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const grant of grants) {
    if (grant.on === 'key') variables[variable.key(grant.key)] = stateful.keys[grant.key];
    else if (grant.on === 'table' || grant.on === 'index')
      variables[variable.table(grant.table)] = stateful.tables[grant.table].name;
    else if (grant.on === 'sender' && sender) variables[variable.configurationSet] = sender.configurationSet;
    else if (grant.on === 'relay') variables[variable.relay] = relay;
  }
  return variables;
}
