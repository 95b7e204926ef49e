import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Ending, exit, Unreachable, wrongUsage } from '../failures.ts';
import { networkFailureOf } from './network-failure.ts';

const endpointOf = (region: string): string =>
  process.env['AWS_ENDPOINT_URL_LAMBDA'] ||
  `https://lambda.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message.split('\n', 1)[0] : '') ?? '';

/** Finds region and credentials as the AWS CLI does: environment, profiles, single sign-on, roles. */
async function signRequest(name: string, wantedRegion: string | undefined, body: string) {
  // A client that is here anyway, told to sign for another service: it saves a dependency of its own for one request.
  const { config } = new DynamoDBClient(wantedRegion === undefined ? {} : { region: wantedRegion });
  const region = await config.region().catch((): never => {
    throw wrongUsage('No AWS region is set: say --region, or set AWS_REGION.');
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
    throw new Ending(exit.signedOut, `No AWS credentials: ${messageOf(error)}`, [
      'Set AWS_PROFILE, or sign in with: aws sso login',
    ]);
  }
}

/** Invokes a Lambda function by the caller's AWS credentials, and answers what it returned. */
export async function invokeFunction(
  name: string,
  region: string | undefined,
  payload: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  if (!/^[\w:-]{1,170}$/.test(name)) throw wrongUsage(`${name} is no name of a Lambda function.`);
  const body = JSON.stringify(payload);
  const { url, headers } = await signRequest(name, region, body);
  delete headers['host'];
  const sent = fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(60_000) });
  const response = await sent.catch((error: unknown): never => {
    const { reason, loss } = networkFailureOf(error instanceof Error ? error : new Error(String(error)));
    throw new Unreachable(url.origin, reason, loss);
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.status === 200 && !response.headers.has('x-amz-function-error')) return answer;
  const said = typeof answer === 'object' && answer !== null ? Object.entries(answer) : [];
  const message = said.find(([key]) => /^(error)?message$/i.test(key))?.[1];
  const type = response.headers.get('x-amzn-errortype')?.split(':', 1)[0];
  throw new Ending(
    exit.refused,
    `${name} could not be invoked: ${type ?? `status ${response.status}`}.`,
    typeof message === 'string' ? [message] : [],
  );
}
