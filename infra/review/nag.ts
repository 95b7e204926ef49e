import { CfnResource, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { reasonsFor } from '../function/policy.ts';
import { acknowledged } from './acknowledged.ts';

/** A rule of AwsSolutions that a resource breaks, and the reason why that is right, if one is written down. */
export interface Finding {
  rule: string;
  path: string;
  description: string;
  reason: string | undefined;
}

/** What cdk-nag finds in the stacks of `app`. */
export function findingsIn(app: App): Finding[] {
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  return violations.flatMap(({ ruleName, description, violatingResources }) =>
    violatingResources.map(({ constructPath: path = '' }) => {
      const rule = ruleName.replace(/^AwsSolutions-|\[.*/g, '');
      return { rule, path, description, reason: reasonOf(app, rule, path) };
    }),
  );
}

/** The reason for a wildcard is in the template, on its resource; all other reasons are in `acknowledged`. */
function reasonOf(app: App, rule: string, path: string): string | undefined {
  const resource = path.split('/').reduce((node, id) => node.node.findChild(id), app as App['node']['root']);
  return rule === 'IAM5' && resource instanceof CfnResource
    ? reasonsFor(resource)
    : acknowledged.find((one) => one.rule === rule && one.of.test(path))?.reason;
}

/** The findings without a reason, in a line each. */
export const unexplained = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ reason }) => reason === undefined)
    .map(({ rule, path, description }) => `${path}: AwsSolutions-${rule}: ${description}`);

/** The acknowledgements that explain none of the findings. */
export function idle(findings: readonly Finding[]): string[] {
  const used = new Set(findings.map(({ reason }) => reason));
  return acknowledged
    .filter(({ reason }) => !used.has(reason))
    .map(
      ({ rule, of }) => `AwsSolutions-${rule} is acknowledged for ${of.source}, where cdk-nag finds nothing.`,
    );
}
