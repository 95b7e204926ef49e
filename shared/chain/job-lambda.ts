import type { Context as LambdaContext } from 'aws-lambda';
import { makePorts } from '../deployment/capability.ts';
import { clock } from '../clock.ts';
import { readConfig } from '../deployment/config.ts';
import { deploymentName } from '../deployment/stack-names.ts';
import type { Job } from '../operation/job.ts';
import { createLog, createLogger, traceOf } from '../aws/log.ts';

/** The Lambda handler of a job. It logs an error and throws it again, so that Lambda retries. */
export function jobLambda(id: string, job: Job) {
  const config = readConfig();
  const ports = makePorts(job.uses, config);
  const logger = createLogger(id, deploymentName(config.settings.stage));
  const baseContext = { clock, settings: config.settings, origin: config.origin, ...ports };
  const run = job.run as (context: object) => Promise<unknown>;

  return async (event: unknown, { awsRequestId }: LambdaContext): Promise<unknown> => {
    const log = createLog(logger, { requestId: awsRequestId });
    try {
      return await run({ ...baseContext, event, log });
    } catch (error) {
      log.error('failed', traceOf(error));
      throw error;
    }
  };
}
