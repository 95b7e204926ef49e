import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import { tellAlias } from '../dns/records.ts';

/** The target of a name, in Route 53's form. */
export interface Target {
  dnsName: string;
  hostedZoneId: string;
}

/** Writes the records of a name, for IPv4 and IPv6. */
export function addRecords(stack: Stack, name: string, hostedZoneId: string, target: Target): void {
  for (const type of ['A', 'AAAA'])
    new CfnRecordSet(stack, `${logicalIdOf(name)}${type}Record`, {
      name,
      type,
      hostedZoneId,
      aliasTarget: { ...target, evaluateTargetHealth: false },
    });
}

/** Tells the operator which record to enter, for a name whose records the deployment may not write. */
export function tellRecord(stack: Stack, name: string, value: string): void {
  new CfnOutput(stack, `${logicalIdOf(name)}Record`, { value, description: tellAlias(name) });
}
