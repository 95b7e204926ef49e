import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnEventSourceMapping, CfnPermission, type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { Job } from '#shared/job.ts';
import { pascal } from './names.ts';
import type { Entry } from './operations.ts';
import { allow, type Statement } from './policy.ts';
import type { StatefulStack } from './stateful-stack.ts';

/** What a job's role must allow for its trigger: Lambda reads a stream in the function's name. */
export function statementsForTrigger({ trigger }: Job, { tables }: StatefulStack): Statement[] {
  if (trigger === 'invocation' || !('stream' in trigger)) return [];
  const actions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
  return [
    allow(
      actions.map((action) => `dynamodb:${action}`),
      [tables[trigger.stream].attrStreamArn],
    ),
  ];
}

/** Starts a job's function as its declaration says. */
export function addTrigger(
  stack: Stack,
  { id, declaration }: Entry<Job>,
  handler: CfnFunction,
  { tables }: StatefulStack,
) {
  const name = pascal(id);
  const { trigger } = declaration;
  if (trigger === 'invocation')
    return new CfnOutput(stack, `${name}Name`, { value: handler.ref, description: declaration.summary });
  if ('stream' in trigger)
    return addMapping(stack, `${name}Stream`, handler, tables[trigger.stream].attrStreamArn);
  return addSchedule(stack, name, handler, trigger.everyMinutes);
}

/** New rows start the function, and only new ones, so that it can change them without starting itself again. */
function addMapping(stack: Stack, id: string, handler: CfnFunction, eventSourceArn: string): void {
  new CfnEventSourceMapping(stack, id, {
    functionName: handler.ref,
    eventSourceArn,
    // From the oldest record on: rows written while the first deployment was under way are not lost.
    startingPosition: 'TRIM_HORIZON',
    batchSize: 10,
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 5,
    functionResponseTypes: ['ReportBatchItemFailures'],
    filterCriteria: { filters: [{ pattern: JSON.stringify({ eventName: ['INSERT'] }) }] },
  });
}

function addSchedule(stack: Stack, name: string, handler: CfnFunction, minutes: number): void {
  const rule = new CfnRule(stack, `${name}Schedule`, {
    scheduleExpression: minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`,
    targets: [{ id: 'function', arn: handler.attrArn }],
  });
  new CfnPermission(stack, `${name}Permission`, {
    action: 'lambda:InvokeFunction',
    functionName: handler.attrArn,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
  });
}
