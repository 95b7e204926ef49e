import { fullDiff, ResourceImpact, type TemplateDiff } from '@aws-cdk/cloudformation-diff';
import { deployedStack, deployedTemplate } from './deployed-stacks.ts';
import type { SynthesizedStack } from './deployment.ts';

/** What a deployment would do to one stack. */
export interface Change {
  stack: string;
  isNew: boolean;
  diff: TemplateDiff;
  /** Whether characters beyond ASCII may differ too, which CloudFormation does not show. */
  isVeiled: boolean;
}

/** Compares each template with what is deployed. */
export const changesTo = (stacks: readonly SynthesizedStack[]): Promise<Change[]> =>
  Promise.all(
    stacks.map(async (stack) => {
      const isNew = (await deployedStack(stack)) === undefined;
      const before = isNew ? {} : await deployedTemplate(stack);
      return { stack: stack.name, isNew, ...differences(before, stack.template) };
    }),
  );

type Template = Record<string, unknown>;

/** A template as CloudFormation shows it after the deployment: with a question mark for each character beyond ASCII. */
const asShown = (template: Template): Template =>
  JSON.parse(JSON.stringify(template).replaceAll(/[\u{80}-\u{10ffff}]/gu, '?')) as Template;

/** The differences, without those that exist only because CloudFormation shows question marks. */
function differences(before: Template, template: Template): Pick<Change, 'diff' | 'isVeiled'> {
  const [exact, shown] = [fullDiff(before, template), fullDiff(before, asShown(template))];
  const isVeiled = shown.differenceCount < exact.differenceCount;
  return { diff: isVeiled ? shown : exact, isVeiled };
}

/** Types of resources that people's data and passwords depend on. */
export const keepsData = /^AWS::(DynamoDB::(Global)?Table|KMS::(Replica)?Key)$/;

/** Properties of a key that KMS cannot change, although CloudFormation does not count their change as a replacement. */
const unchangeable = ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'];

type Resource = TemplateDiff['resources']['changes'][string];

const resourcesOf = ({ diff }: Change): [string, Resource][] => Object.entries(diff.resources.changes);
const typeOf = ({ oldResourceType, newResourceType }: Resource): string =>
  oldResourceType ?? newResourceType ?? '';

/** Tables and keys that would be replaced by empty ones. `deploy` refuses that, whatever the operator answers. */
export const lossesIn = (changes: readonly Change[]): string[] =>
  changes.flatMap((change) =>
    resourcesOf(change)
      .filter(([, resource]) => keepsData.test(typeOf(resource)) && isReplaced(resource))
      .map(([id, resource]) => `${typeOf(resource)} ${id} of ${change.stack}`),
  );

const isReplaced = (resource: Resource): boolean =>
  resource.changeImpact === ResourceImpact.WILL_REPLACE ||
  (resource.isUpdate && unchangeable.some((property) => property in resource.propertyUpdates));

/** Routes whose own throttle is removed from a stage, by stack. */
export const leftThrottles = (changes: readonly Change[]): { stack: string; routes: string[] }[] =>
  changes.flatMap((change) =>
    resourcesOf(change)
      .filter(([, resource]) => typeOf(resource) === 'AWS::ApiGatewayV2::Stage' && resource.isUpdate)
      .map(([, resource]) => {
        const { RouteSettings: settings } = resource.propertyUpdates;
        const [before, after] = [settings?.oldValue ?? {}, settings?.newValue ?? {}];
        return { stack: change.stack, routes: Object.keys(before).filter((route) => !(route in after)) };
      }),
  );

const impacts: Partial<Record<ResourceImpact, string>> = {
  [ResourceImpact.WILL_REPLACE]: 'replaces',
  [ResourceImpact.MAY_REPLACE]: 'may replace',
  [ResourceImpact.WILL_DESTROY]: 'deletes',
  [ResourceImpact.WILL_ORPHAN]: 'gives up, but does not delete,',
};

/** Why the operator should agree first, in sentences; none for changes that neither widen permissions nor remove anything. */
export const reasonsToAsk = (changes: readonly Change[]): string[] =>
  changes.flatMap((change) => {
    const { stack, isNew, diff } = change;
    if (isNew) return [`${stack} is new: everything in it is made, permissions included.`];
    return [
      ...(diff.permissionsBroadened ? [`${stack}: permissions change, and may be wider than before.`] : []),
      ...resourcesOf(change).flatMap(([id, resource]) => {
        const word = impacts[resource.changeImpact];
        return word ? [`${stack}: ${word} ${typeOf(resource)} ${id}.`] : [];
      }),
    ];
  });
