import { arn } from './arn.ts';

/** The facts about a resource that references to it need. */
export interface Identity {
  type: string;
  logicalId: string;
  /** The name that the resource has in the local stack. */
  physicalId: string;
  /** The part before the name in a role's ARN: `/path/`. */
  path?: string;
}

export interface TemplateContext {
  region: string;
  /** Address of an HTTP API, scheme, host and port. */
  apiUrl: string;
  /** Address of the function that streams. */
  relayUrl: string;
}

/** The parts of ARNs by resource type: the service, and the prefix of the name. */
const arns: Record<string, [service: string, prefix: string]> = {
  'AWS::DynamoDB::Table': ['dynamodb', 'table/'],
  'AWS::DynamoDB::GlobalTable': ['dynamodb', 'table/'],
  'AWS::KMS::Key': ['kms', 'key/'],
  'AWS::KMS::Alias': ['kms', ''],
  'AWS::IAM::Role': ['iam', 'role'],
  'AWS::Lambda::Function': ['lambda', 'function:'],
  'AWS::Logs::LogGroup': ['logs', 'log-group:'],
  'AWS::SNS::Topic': ['sns', ''],
  'AWS::SQS::Queue': ['sqs', ''],
  'AWS::SES::ConfigurationSet': ['ses', 'configuration-set/'],
  'AWS::SES::EmailIdentity': ['ses', 'identity/'],
  'AWS::Events::Rule': ['events', 'rule/'],
  'AWS::Scheduler::Schedule': ['scheduler', 'schedule/default/'],
};

/** The ARN of a resource; undefined for types that have none here. */
export function arnOf(
  { type, physicalId, path = '/' }: Identity,
  { region }: TemplateContext,
): string | undefined {
  const [service, prefix] = arns[type] ?? [];
  if (service === undefined) return undefined;
  // The ARN of a role has no region.
  if (service === 'iam') return arn(service, '', `${prefix}${path}${physicalId}`);
  return arn(service, region, `${prefix}${physicalId}`);
}

/** The value of `Ref`: the ARN for topics, the name for all other types. */
export const refOf = (resource: Identity, context: TemplateContext): string =>
  (resource.type === 'AWS::SNS::Topic' ? arnOf(resource, context) : undefined) ?? resource.physicalId;

/** The value of `Fn::GetAtt`. */
export function attributeOf(resource: Identity, attribute: string, context: TemplateContext): string {
  if (attribute === 'ApiEndpoint') return context.apiUrl;
  if (attribute === 'FunctionUrl') return `${context.relayUrl}/`;
  if (['ApiId', 'KeyId', 'Id', 'TopicName', 'QueueName'].includes(attribute)) return resource.physicalId;
  const own = arnOf(resource, context);
  if (own !== undefined) {
    if (['Arn', 'TopicArn', 'FunctionArn'].includes(attribute)) return own;
    if (attribute === 'StreamArn') return `${own}/stream/local`;
  }
  throw new Error(
    `Fn::GetAtt ${resource.logicalId}.${attribute} (${resource.type}) is not supported by the local stack`,
  );
}
