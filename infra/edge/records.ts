import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import { tellAlias } from '../told-record.ts';

/** Where a name is to lead, as Route 53 wants it. */
export interface Target {
  dnsName: string;
  hostedZoneId: string;
}

/** Writes where the name leads, for both kinds of addresses. */
export function addRecords(stack: Stack, name: string, hostedZoneId: string, target: Target): void {
  for (const type of ['A', 'AAAA'])
    new CfnRecordSet(stack, `${logicalIdOf(name)}${type}Record`, {
      name,
      type,
      hostedZoneId,
      aliasTarget: { ...target, evaluateTargetHealth: false },
    });
}

/** Tells what to enter where the deployment may write no records. */
export function tellRecord(stack: Stack, name: string, value: string): void {
  new CfnOutput(stack, `${logicalIdOf(name)}Record`, { value, description: tellAlias(name) });
}
