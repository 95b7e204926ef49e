import type { Stack } from 'aws-cdk-lib';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import type { KeySpec } from '#shared/deployment/keys.ts';
import { document, explainWildcard } from '../function/policy.ts';

/** The actions that use a key. All others reveal nothing secret. */
const uses: Readonly<Record<KeySpec, readonly string[]>> = {
  HMAC_256: ['kms:GenerateMac', 'kms:VerifyMac'],
  SYMMETRIC_DEFAULT: ['kms:Encrypt', 'kms:Decrypt'],
};

/**
 * What the account's administrators, including CloudFormation, may do: everything but use the key. They may not make grants either,
 * which would allow the use of the key outside its policy.
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
  // KMS itself does this, with its service-linked role.
  'SynchronizeMultiRegionKey',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateKeyDescription',
  'UpdatePrimaryRegion',
].map((action) => `kms:${action}`);

/**
 * The policy of a key that only roles under `rolePath` can use, and of these only roles whose own policy allows it: the account as
 * principal stands for all its roles. The roles are made after the keys, so the policy can name only their path.
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
