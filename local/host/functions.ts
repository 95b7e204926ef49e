import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { operationTag } from '#shared/deployment/config.ts';
import type { Template } from '../template/template.ts';

/** A function of the template, ready to run. */
export interface FunctionSpec {
  /** The operation's id, such as `invite-verify`. */
  id: string;
  logicalId: string;
  /** Physical name. */
  name: string;
  arn: string;
  /** ARN of its role. */
  role: string;
  /** Path of the module that holds the handler. */
  file: string;
  /** Name of the handler in the module's exports. */
  exportName: string;
  timeoutMs: number;
  memoryMb: number;
  /** The number of instances reserved for the function, which is also its maximum. */
  reserved: number | undefined;
  /** Whether it has its own address (a function URL) and streams its answers. */
  streams: boolean;
  /** Whether table streams, schedules or topics start it, rather than requests. */
  isStartedByEvents: boolean;
  environment: Readonly<Record<string, string>>;
}

const schema = z.object({
  Handler: z.string(),
  Role: z.string(),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  ReservedConcurrentExecutions: z.optional(z.int()),
  Code: z.object({ S3Key: z.string() }),
  Tags: z._default(z.array(z.object({ Key: z.string(), Value: z.string() })), []),
  Environment: z._default(z.object({ Variables: z._default(z.record(z.string(), z.string()), {}) }), {
    Variables: {},
  }),
});

function moduleOf(directory: string, module: string): string {
  const file = ['.cjs', '.mjs', '.js']
    .map((end) => join(directory, `${module}${end}`))
    .find((path) => existsSync(path));
  if (file === undefined) throw new Error(`${directory} has no module ${module}`);
  return file;
}

const urlSchema = z.object({
  TargetFunctionArn: z.string(),
  AuthType: z.literal('NONE'),
  InvokeMode: z.literal('RESPONSE_STREAM'),
});

/** ARNs of the functions with their own address. */
export const functionUrls = (template: Template): string[] =>
  template
    .resources('AWS::Lambda::Url')
    .map(({ properties }) => urlSchema.parse(properties).TargetFunctionArn);

const startersSchema = z.object({
  FunctionName: z.optional(z.string()),
  Endpoint: z.optional(z.string()),
  Targets: z._default(z.array(z.object({ Arn: z.string() })), []),
});

/** Names and ARNs of the functions that streams of tables, schedules and topics start. */
const startedByEvents = (template: Template) =>
  template
    .resources('AWS::Lambda::EventSourceMapping', 'AWS::Events::Rule', 'AWS::SNS::Subscription')
    .flatMap(({ properties }) => {
      const { FunctionName, Endpoint, Targets } = startersSchema.parse(properties);
      return [FunctionName, Endpoint, ...Targets.map(({ Arn }) => Arn)];
    });

/** The Lambda functions of a template. */
export function readFunctions(template: Template): FunctionSpec[] {
  const streaming = new Set(functionUrls(template));
  const started = new Set(startedByEvents(template));
  return template
    .resources('AWS::Lambda::Function')
    .map(({ name, physicalId, logicalId, arn, properties }) => {
      const parsed = schema.parse(properties);
      const { Handler, Role, Timeout, MemorySize, Code, Tags, Environment } = parsed;
      const dot = Handler.lastIndexOf('.');
      return {
        id: Tags.find(({ Key }) => Key === operationTag)?.Value ?? name,
        logicalId,
        name: physicalId,
        arn: arn ?? '',
        role: Role,
        file: moduleOf(template.asset(Code.S3Key), Handler.slice(0, dot)),
        exportName: Handler.slice(dot + 1),
        timeoutMs: Timeout * 1000,
        memoryMb: MemorySize,
        reserved: parsed.ReservedConcurrentExecutions,
        streams: streaming.has(arn ?? ''),
        isStartedByEvents: [physicalId, arn].some((known) => started.has(known)),
        environment: Environment.Variables,
      };
    });
}
