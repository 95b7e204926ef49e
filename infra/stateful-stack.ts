import { CfnDeletionPolicy, CfnOutput, Fn, Stack, type CfnResource, type StackProps } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { tableNames, tables, type Table, type TableName } from '#shared/deployment/tables.ts';
import { keyNames, keys, type KeyName } from '#shared/deployment/keys.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { pascal } from './names.ts';
import { tableProperties } from './table-properties.ts';

interface Properties extends StackProps {
  settings: Settings;
}

/** A table as other stacks know it; `streamArn` where it has a stream. */
export interface TableReference {
  name: string;
  arn: string;
  streamArn?: string;
}

/** What outlives releases: tables, keys and the sender of mail. */
export class StatefulStack extends Stack {
  /** For other stacks, which read it from this one's outputs. */
  readonly tables: Readonly<Record<TableName, TableReference>>;
  /** ARNs of the keys, likewise. */
  readonly keys: Readonly<Record<KeyName, string>>;

  constructor(scope: Construct, id: string, { settings, ...properties }: Properties) {
    super(scope, id, { description: 'Latchkey: tables, keys and the sender of mail', ...properties });
    const { protect, mailFrom } = settings;
    this.tables = record(tableNames, (name) => {
      const { stream }: Table = tables[name];
      const id = `${pascal(name)}Table`;
      const table = keep(new CfnTable(this, id, tableProperties(tables[name], protect)), protect);
      return {
        name: this.#publish(`${id}Name`, table.ref),
        arn: this.#publish(`${id}Arn`, table.attrArn),
        ...(stream && { streamArn: this.#publish(`${id}StreamArn`, table.attrStreamArn) }),
      };
    });
    this.keys = record(keyNames, (name) => {
      const { spec, purpose } = keys[name];
      const id = `${pascal(name)}Key`;
      const key = new CfnKey(this, id, {
        description: purpose,
        keySpec: spec,
        // KMS renews what encrypts and keeps the old material for reading; an HMAC must stay as it is.
        ...(spec === 'HMAC_256'
          ? { keyUsage: 'GENERATE_VERIFY_MAC' }
          : { keyUsage: 'ENCRYPT_DECRYPT', enableKeyRotation: true }),
        pendingWindowInDays: protect ? 30 : 7,
      });
      return this.#publish(`${id}Arn`, keep(key, protect).attrArn);
    });
    // SES mails a link to the address, to be followed once; without a sender, links are copied by hand.
    if (mailFrom !== null) keep(new CfnEmailIdentity(this, 'Sender', { emailIdentity: mailFrom }), protect);
  }

  /**
   * Makes an output and the reference to it. An output can go, and its resource be replaced, while other stacks read it;
   * CloudFormation refuses both for an export that is imported. All outputs stand at all times: this stack is deployed
   * first, and what the release before reads must still be there when the service stack goes back to it.
   */
  #publish(id: string, value: string): string {
    new CfnOutput(this, id, { value });
    return Fn.getStackOutput(this.stackName, id);
  }
}

const record = <Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;

/** With `protect`, the resource stays when it leaves the stack or the stack is deleted. */
function keep<Resource extends CfnResource>(resource: Resource, protect: boolean): Resource {
  const policy = protect ? CfnDeletionPolicy.RETAIN : CfnDeletionPolicy.DELETE;
  resource.cfnOptions.deletionPolicy = policy;
  resource.cfnOptions.updateReplacePolicy = policy;
  return resource;
}
