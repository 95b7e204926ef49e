import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import {
  CfnEventInvokeConfig,
  CfnEventSourceMapping,
  CfnPermission,
  type CfnFunction,
} from 'aws-cdk-lib/aws-lambda';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import { jobOutput } from '#shared/deployment/stack-names.ts';
import type { Job, Trigger } from '#shared/operation/job.ts';
import type { Failures } from './failures.ts';
import type { Resources } from './grants.ts';
import type { Entry } from '../entry.ts';
import { allow, type Statement } from './policy.ts';

/** The permissions that a job's role needs for its trigger: with them Lambda reads the stream and puts failed events into the queue. */
export function statementsForTrigger(
  { trigger }: Job,
  { stateful: { tables }, failures }: Pick<Resources, 'stateful' | 'failures'>,
): Statement[] {
  if (trigger === 'invocation') return [];
  const putAway = allow(['sqs:SendMessage'], [failures.arn]);
  if (trigger === 'feedback' || !('stream' in trigger)) return [putAway];
  const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
  return [
    putAway,
    allow(
      actions.map((action) => `dynamodb:${action}`),
      [tables[trigger.stream].streamArn!],
    ),
  ];
}

/** Adds the trigger that a job declares. Without a sender, nothing starts a job that takes feedback. */
export function addTrigger(
  stack: Stack,
  { id, declaration }: Entry<Job>,
  handler: CfnFunction,
  { stateful, sender, failures }: Resources,
): void {
  const name = logicalIdOf(id);
  const { trigger } = declaration;
  if (trigger === 'invocation')
    new CfnOutput(stack, jobOutput(id), { value: handler.ref, description: declaration.summary });
  else if (trigger === 'feedback') {
    if (sender) addSubscription(stack, name, handler, sender.feedbackTopicArn, failures);
  } else if ('stream' in trigger) {
    const { streamArn } = stateful.tables[trigger.stream];
    addMapping(stack, `${name}Stream`, handler, streamArn!, trigger, failures);
  } else addSchedule(stack, name, handler, trigger.everyMinutes, failures);
}

/** Only new rows start the function, so that it can change rows without starting itself again. */
function addMapping(
  stack: Stack,
  id: string,
  handler: CfnFunction,
  eventSourceArn: string,
  trigger: Extract<Trigger, { stream: string }>,
  failures: Failures,
): void {
  new CfnEventSourceMapping(stack, id, {
    functionName: handler.ref,
    eventSourceArn,
    // From the oldest record on, so that rows written during the first deployment are not lost.
    startingPosition: 'TRIM_HORIZON',
    batchSize: 10,
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 5,
    functionResponseTypes: ['ReportBatchItemFailures'],
    // The queue gets the position of the records, not their content: the stream keeps them for a day.
    destinationConfig: { onFailure: { destination: failures.arn } },
    filterCriteria: { filters: [{ pattern: JSON.stringify(patternOf(trigger)) }] },
  });
}

/** Which records of the stream start the function (Lambda, event filtering). */
function patternOf({ only }: Extract<Trigger, { stream: string }>): object {
  const image =
    only && Object.fromEntries(Object.entries(only).map(([name, value]) => [name, { S: [value] }]));
  return { eventName: ['INSERT'], ...(image && { dynamodb: { NewImage: image } }) };
}

/** Lambda retries a failed asynchronous event twice, and then puts it into the queue of failures. */
function keepFailed(stack: Stack, name: string, handler: CfnFunction, failures: Failures): void {
  new CfnEventInvokeConfig(stack, `${name}Invocations`, {
    functionName: handler.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: 2,
    destinationConfig: { onFailure: { destination: failures.arn } },
  });
}

function addSchedule(
  stack: Stack,
  name: string,
  handler: CfnFunction,
  minutes: number,
  failures: Failures,
): void {
  const rule = new CfnRule(stack, `${name}Schedule`, {
    scheduleExpression: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`,
    targets: [{ id: 'function', arn: handler.attrArn, deadLetterConfig: { arn: failures.arn } }],
  });
  failures.admit('events.amazonaws.com', rule.attrArn);
  keepFailed(stack, name, handler, failures);
  permit(stack, name, handler, 'events.amazonaws.com', rule.attrArn);
}

/** Each message of the topic starts the function. */
function addSubscription(
  stack: Stack,
  name: string,
  handler: CfnFunction,
  topicArn: string,
  failures: Failures,
): void {
  failures.admit('sns.amazonaws.com', topicArn);
  keepFailed(stack, name, handler, failures);
  permit(stack, name, handler, 'sns.amazonaws.com', topicArn);
  new CfnSubscription(stack, `${name}Subscription`, {
    topicArn,
    protocol: 'lambda',
    endpoint: handler.attrArn,
    redrivePolicy: { deadLetterTargetArn: failures.arn },
  });
}

/** Lets only this rule or topic of a service start the function. */
function permit(
  stack: Stack,
  name: string,
  handler: CfnFunction,
  principal: string,
  sourceArn: string,
): void {
  new CfnPermission(stack, `${name}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: handler.attrArn,
    principal,
    sourceArn,
  });
}
