import { CfnDeletionPolicy, type CfnResource } from 'aws-cdk-lib';

/**
 * With `protect`, the resource stays when it leaves the stack or the stack is deleted. A failed deployment still deletes the resources
 * that it made itself: otherwise each attempt would leave its own behind.
 */
export function keep<Resource extends CfnResource>(resource: Resource, protect: boolean): Resource {
  const { cfnOptions } = resource;
  cfnOptions.deletionPolicy = protect ? CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE : CfnDeletionPolicy.DELETE;
  cfnOptions.updateReplacePolicy = protect ? CfnDeletionPolicy.RETAIN : CfnDeletionPolicy.DELETE;
  return resource;
}
