import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Mistakes } from '../mistakes.ts';

/** Whose credentials these are, and the time by AWS's clock. */
export interface Caller {
  account: string;
  arn: string;
  /** AWS's clock less this machine's, where the answer tells it. */
  clockSkewMs: number | undefined;
}

/** Where the credentials come from is AWS's own way: environment, profile, single sign-on, role. */
const remedies: Readonly<Record<string, string>> = {
  missing:
    'No AWS credentials were found. Set AWS_PROFILE, or sign in with "aws login" or "aws sso login", or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  expired: 'The AWS credentials have expired. Sign in again, with "aws login" or "aws sso login".',
  refused: 'AWS does not know these credentials, or the region is not enabled in the account.',
  skewed: 'This machine’s clock is wrong, so that AWS refuses what it signs. Set the clock.',
  unreachable: 'AWS cannot be reached from here. Check the network and its proxy.',
};

/** What is the matter with the credentials, by the name of the SDK's or AWS's error. */
export function troubleOf(error: unknown): keyof typeof remedies | undefined {
  const name = error instanceof Error ? error.name : '';
  if (/Credentials|TokenProvider|NoCredential/.test(name) && !/Expired/.test(name)) return 'missing';
  if (/Expired(Token|Credentials)|TokenRefreshRequired/.test(name)) return 'expired';
  if (/InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure|AccessDenied/.test(name))
    return 'refused';
  if (/RequestTimeTooSkewed|RequestExpired|InvalidSignature/.test(name)) return 'skewed';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /ENOTFOUND|ECONN|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH/.test(code) || name === 'TimeoutError'
    ? 'unreachable'
    : undefined;
}

/** Why AWS has not done what was asked, in sentences; undefined for what is not of AWS. */
export function inWords(error: unknown): readonly string[] | undefined {
  const trouble = troubleOf(error);
  if (trouble !== undefined && trouble !== 'refused') return [remedies[trouble]!];
  if (!(error instanceof Error) || !('$metadata' in error || '$fault' in error)) return undefined;
  return [`AWS has refused a call, ${error.name}: ${error.message.split('\n', 1)[0]}`];
}

/** Asks AWS who we are. @throws Mistakes a sentence on how to sign in. */
export async function callerIn(region: string): Promise<Caller> {
  const client = new STSClient({ region });
  let clockSkewMs: number | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      if (headers?.['date']) clockSkewMs = Date.parse(headers['date']) - Date.now();
      return result;
    },
    { step: 'deserialize', name: 'readClock' },
  );
  try {
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn, clockSkewMs };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    throw new Mistakes([remedies[trouble]!]);
  }
}
