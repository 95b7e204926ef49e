import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnEventSourceMapping, CfnPermission, type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import type { Job, Trigger } from '#shared/operation/job.ts';
import type { Resources } from './grants.ts';
import { pascal } from './names.ts';
import type { Entry } from './entry.ts';
import { allow, type Statement } from './policy.ts';
import type { StatefulStack } from './stateful-stack.ts';

/** The permissions that a job's role takes for its trigger: Lambda reads a stream in the function's name. */
export function statementsForTrigger({ trigger }: Job, { tables }: StatefulStack): Statement[] {
  if (typeof trigger === 'string' || !('stream' in trigger)) return [];
  const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
  return [
    allow(
      actions.map((action) => `dynamodb:${action}`),
      [tables[trigger.stream].streamArn!],
    ),
  ];
}

/** Starts a job's function as its declaration says; without a sender, nothing starts one that takes feedback. */
export function addTrigger(
  stack: Stack,
  { id, declaration }: Entry<Job>,
  handler: CfnFunction,
  { stateful, sender }: Resources,
): void {
  const name = pascal(id);
  const { trigger } = declaration;
  if (trigger === 'invocation')
    new CfnOutput(stack, `${name}Name`, { value: handler.ref, description: declaration.summary });
  else if (trigger === 'feedback') {
    if (sender) addSubscription(stack, name, handler, sender.feedback.ref);
  } else if ('stream' in trigger)
    addMapping(stack, `${name}Stream`, handler, stateful.tables[trigger.stream].streamArn!, trigger);
  else addSchedule(stack, name, handler, trigger.everyMinutes);
}

/** New rows start the function, and only new ones, so that it can change them without starting itself again. */
function addMapping(
  stack: Stack,
  id: string,
  handler: CfnFunction,
  eventSourceArn: string,
  trigger: Extract<Trigger, { stream: string }>,
): void {
  new CfnEventSourceMapping(stack, id, {
    functionName: handler.ref,
    eventSourceArn,
    // From the oldest record on: rows written while the first deployment was under way are not lost.
    startingPosition: 'TRIM_HORIZON',
    batchSize: 10,
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 5,
    functionResponseTypes: ['ReportBatchItemFailures'],
    filterCriteria: { filters: [{ pattern: JSON.stringify(patternOf(trigger)) }] },
  });
}

/** Which records of the stream start the function (Lambda, event filtering). */
export function patternOf({ only }: Extract<Trigger, { stream: string }>): object {
  const image =
    only && Object.fromEntries(Object.entries(only).map(([name, value]) => [name, { S: [value] }]));
  return { eventName: ['INSERT'], ...(image && { dynamodb: { NewImage: image } }) };
}

function addSchedule(stack: Stack, name: string, handler: CfnFunction, minutes: number): void {
  const rule = new CfnRule(stack, `${name}Schedule`, {
    scheduleExpression: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`,
    targets: [{ id: 'function', arn: handler.attrArn }],
  });
  permit(stack, name, handler, 'events.amazonaws.com', rule.attrArn);
}

/** Each message of the topic starts the function; Lambda repeats one that failed twice, as it does by itself. */
function addSubscription(stack: Stack, name: string, handler: CfnFunction, topicArn: string): void {
  permit(stack, name, handler, 'sns.amazonaws.com', topicArn);
  new CfnSubscription(stack, `${name}Subscription`, {
    topicArn,
    protocol: 'lambda',
    endpoint: handler.attrArn,
  });
}

/** Lets this one rule or topic of a service, and no other, start the function. */
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
