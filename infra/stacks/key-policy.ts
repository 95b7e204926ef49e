import type { Stack } from 'aws-cdk-lib';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { KeySpec } from '#shared/deployment/keys.ts';
import { document, explainWildcard } from '../function/policy.ts';

/** What a key does; nothing else of it is a secret. */
const uses: Readonly<Record<KeySpec, readonly string[]>> = {
  HMAC_256: ['kms:GenerateMac', 'kms:VerifyMac'],
  SYMMETRIC_DEFAULT: ['kms:Encrypt', 'kms:Decrypt'],
};

/**
 * What the account's administrators, CloudFormation among them, may do: all but using the key. No grants either, by which the
 * use of a key is given away beside its policy.
 */
const administration = [
  'CancelKeyDeletion',
  'CreateAlias',
  'DeleteAlias',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'ReplicateKey',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  // By KMS itself, in the name of its service-linked role.
  'SynchronizeMultiRegionKey',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
  'UpdatePrimaryRegion',
].map((action) => `kms:${action}`);

/**
 * The policy of a key that only roles of `rolePath` can use, and of these the ones whose own policy allows it: the account as
 * principal stands for all its roles. The roles are made after the keys, so that they are known by their path alone.
 */
export const keyPolicy = ({ partition, account }: Stack, spec: KeySpec, rolePath: string): object => {
  const statement = (Sid: string, Action: readonly string[], more: object = {}) => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action,
    Resource: '*',
    ...more,
  });
  const roles = `arn:${partition}:iam::${account}:role${rolePath}*`;
  return document(
    statement('Administration', administration),
    statement('Use', uses[spec], { Condition: { ArnLike: { 'aws:PrincipalArn': roles } } }),
  );
};

/** Writes into the template why the policy above has wildcards. */
export function explainKeyPolicy(key: CfnKey): void {
  explainWildcard(key, 'Administration', 'As resource of a key policy, * is that key alone.');
  explainWildcard(
    key,
    'Use',
    'As resource of a key policy, * is that key alone; roles are known by their path.',
  );
}
