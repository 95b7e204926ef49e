import { CfnDeletionPolicy, Stack, type CfnResource, type StackProps } from 'aws-cdk-lib';
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

/** What outlives releases: tables, keys and the sender of mail. The service stack refers to it by exports. */
export class StatefulStack extends Stack {
  readonly tables: Readonly<Record<TableName, CfnTable>>;
  readonly keys: Readonly<Record<KeyName, CfnKey>>;

  constructor(scope: Construct, id: string, { settings, ...properties }: Properties) {
    super(scope, id, { description: 'Latchkey: tables, keys and the sender of mail', ...properties });
    const { protect, mailFrom } = settings;
    this.tables = record(tableNames, (name) => {
      const table = new CfnTable(this, `${pascal(name)}Table`, tableProperties(tables[name], protect));
      return keep(table, protect);
    });
    this.keys = record(keyNames, (name) => {
      const { spec, purpose } = keys[name];
      const key = new CfnKey(this, `${pascal(name)}Key`, {
        description: purpose,
        keySpec: spec,
        // KMS renews what encrypts and keeps the old material for reading; an HMAC must stay as it is.
        ...(spec === 'HMAC_256'
          ? { keyUsage: 'GENERATE_VERIFY_MAC' }
          : { keyUsage: 'ENCRYPT_DECRYPT', enableKeyRotation: true }),
        pendingWindowInDays: protect ? 30 : 7,
      });
      return keep(key, protect);
    });
    // SES mails a link to the address, to be followed once; without a sender, links are copied by hand.
    if (mailFrom !== null) keep(new CfnEmailIdentity(this, 'Sender', { emailIdentity: mailFrom }), protect);
    this.#exportAll();
  }

  /**
   * Exports everything at all times. Left to CDK, an export goes with its last reader; and as this stack is
   * deployed first, CloudFormation would refuse that while the reader is still there.
   */
  #exportAll(): void {
    for (const name of tableNames) {
      const { stream }: Table = tables[name];
      const table = this.tables[name];
      this.exportValue(table.ref);
      this.exportValue(table.attrArn);
      if (stream) this.exportValue(table.attrStreamArn);
    }
    for (const key of Object.values(this.keys)) this.exportValue(key.attrArn);
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
