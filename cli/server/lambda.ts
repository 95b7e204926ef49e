import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CommandError, exit, Unreachable, wrongUsage } from '../failures.ts';
import { networkFailureOf } from './network-failure.ts';
import { noCredentials, noRegion } from './no-aws.ts';

const endpointOf = (region: string): string =>
  process.env['AWS_ENDPOINT_URL_LAMBDA'] ||
  `https://lambda.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message.split('\n', 1)[0] : '') ?? '';

/** Finds region and credentials as the AWS CLI does: environment, profiles, single sign-on, roles. */
async function signRequest(name: string, wantedRegion: string | undefined, body: string) {
  // The DynamoDB client, told to sign for Lambda: one request is not worth a dependency on the Lambda client.
  const { config } = new DynamoDBClient(wantedRegion === undefined ? {} : { region: wantedRegion });
  const region = await config.region().catch((): never => {
    throw noRegion();
  });
  const url = new URL(endpointOf(region));
  const signer = await config.signer();
  const { hostname, protocol, port } = url;
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  const headers = { host: url.host, 'content-type': 'application/json' };
  const request = { method: 'POST', protocol, hostname, path, headers, body };
  try {
    const signing = { signingService: 'lambda', signingRegion: region };
    const signed = await signer.sign({ ...request, ...(port && { port: Number(port) }) }, signing);
    return { url: new URL(path, url), headers: signed.headers };
  } catch (error) {
    throw noCredentials(messageOf(error));
  }
}

/** Marks that the function may have done its work although its answer was lost. */
function mayBeDone(failure: CommandError, ifLost: string): CommandError {
  failure.mayBeDone = true;
  failure.lines = [...failure.lines, ifLost];
  return failure;
}

/**
 * Invokes a Lambda function with the caller's AWS credentials, and returns its result.
 * @param ifLost what to say if the answer is missing: what may be done, and how to see it.
 */
export async function invokeFunction(
  name: string,
  region: string | undefined,
  { payload, ifLost }: { payload: Readonly<Record<string, unknown>>; ifLost: string },
): Promise<unknown> {
  if (!/^[\w:-]{1,170}$/.test(name)) throw wrongUsage(`${name} is no name of a Lambda function.`);
  const body = JSON.stringify(payload);
  const { url, headers } = await signRequest(name, region, body);
  delete headers['host'];
  const sent = fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(60_000) });
  const response = await sent.catch((error: unknown): never => {
    const { reason, loss } = networkFailureOf(error instanceof Error ? error : new Error(String(error)));
    const unreachable = new Unreachable(url.origin, reason, loss);
    throw loss === 'lost' ? mayBeDone(unreachable, ifLost) : unreachable;
  });
  const answer: unknown = await response.json().catch((): undefined => undefined);
  const hasFailed = response.headers.has('x-amz-function-error');
  if (response.status === 200 && !hasFailed && answer !== undefined) return answer;
  const said = typeof answer === 'object' && answer !== null ? Object.entries(answer) : [];
  const message = said.find(([key]) => /^(error)?message$/i.test(key))?.[1];
  const type = response.headers.get('x-amzn-errortype')?.split(':', 1)[0];
  const lines = typeof message === 'string' ? [message] : [];
  if (response.status === 200)
    throw mayBeDone(
      new CommandError(exit.refused, `${name} has ${hasFailed ? 'failed' : 'given no answer'}.`, lines),
      ifLost,
    );
  const refused = new CommandError(
    exit.refused,
    `${name} could not be invoked: ${type ?? `status ${response.status}`}.`,
    lines,
  );
  throw response.status >= 500 ? mayBeDone(refused, ifLost) : refused;
}
