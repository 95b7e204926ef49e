import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import { tableNames, tables, type Table, type TableName } from '#shared/deployment/tables.ts';
import { keyNames, keys, type KeyName } from '#shared/deployment/keys.ts';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { tableOutput } from '#shared/deployment/stack-names.ts';
import { recordOf } from '#shared/record-of.ts';
import { explainKeyPolicy, keyPolicy } from './key-policy.ts';
import { tableProperties } from './table-properties.ts';
import { keep } from './keep.ts';
import { publish } from './publish.ts';
import { rolePathOf } from './stack-names.ts';

interface Properties extends StackProps {
  settings: DeploymentSettings;
}

/** A table as other stacks know it; `streamArn` only if it has a stream. */
export interface TableReference {
  name: string;
  arn: string;
  streamArn?: string;
}

/**
 * What outlives releases: tables and keys. CloudFormation names every resource, as a name of our choice could be taken, and no
 * resource needs another stack.
 */
export class StatefulStack extends Stack {
  /** For other stacks, which read it from this one's outputs. */
  readonly tables: Readonly<Record<TableName, TableReference>>;
  /** ARNs of the keys, likewise. */
  readonly keys: Readonly<Record<KeyName, string>>;

  constructor(scope: Construct, id: string, { settings, ...properties }: Properties) {
    const { protect, restoredTables, keyReplicas } = settings;
    super(scope, id, {
      description: 'Latchkey: tables and keys',
      terminationProtection: protect,
      ...properties,
    });
    const made = recordOf(keyNames, (name) => this.#createKey(name, settings));
    this.keys = recordOf(keyNames, (name) => {
      const own = publish(this, `${logicalIdOf(name)}KeyArn`, made[name].attrArn);
      return keyReplicas[name] ?? own;
    });
    this.tables = recordOf(tableNames, (name) => {
      const { stream }: Table = tables[name];
      const id = `${logicalIdOf(name)}Table`;
      const table = keep(new CfnTable(this, id, tableProperties(tables[name], protect)), protect);
      // If KMS refuses a key, no table exists yet: a rollback would not lift a table's own deletion protection.
      for (const key of Object.values(made)) table.addResourceDependency(key);
      const own = {
        name: publish(this, tableOutput(name), table.ref),
        arn: publish(this, `${id}Arn`, table.attrArn),
        ...(stream && { streamArn: publish(this, `${id}StreamArn`, table.attrStreamArn) }),
      };
      return restoredTables[name] ? this.#restored(restoredTables[name]) : own;
    });
  }

  /** A table that no stack made. The templates of the stacks that read it contain its name, so that these stacks are deployed anew. */
  #restored({ name, streamArn }: DeploymentSettings['restoredTables'][string]): TableReference {
    const arn = this.formatArn({ service: 'dynamodb', resource: 'table', resourceName: name });
    return { name, arn, ...(streamArn && { streamArn }) };
  }

  #createKey(name: KeyName, settings: DeploymentSettings): CfnKey {
    const { spec, purpose } = keys[name];
    const key = new CfnKey(this, `${logicalIdOf(name)}Key`, {
      description: purpose,
      keySpec: spec,
      keyPolicy: keyPolicy(this, spec, rolePathOf(settings)),
      // It cannot be set later. Without it, the loss of a region would make all passwords, links and API keys useless.
      multiRegion: true,
      // KMS rotates a key that encrypts, and keeps the old material for decryption. An HMAC must stay the same.
      ...(spec === 'HMAC_256'
        ? { keyUsage: 'GENERATE_VERIFY_MAC' }
        : { keyUsage: 'ENCRYPT_DECRYPT', enableKeyRotation: true }),
      pendingWindowInDays: settings.protect ? 30 : 7,
    });
    explainKeyPolicy(key);
    return keep(key, settings.protect);
  }
}
