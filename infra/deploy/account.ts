import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Mistakes } from '../mistakes.ts';

/** The identity behind the credentials, and how far AWS's clock is from this machine's. */
export interface Caller {
  account: string;
  arn: string;
  /** AWS's clock minus this machine's, if the response has a date. */
  clockSkewMs: number | undefined;
}

/** What can be wrong with credentials. They come from AWS's usual sources: environment, profile, single sign-on, role. */
const troubles = {
  missing: {
    found: 'No AWS credentials were found.',
    remedy:
      'Set AWS_PROFILE, or sign in with "aws login" or "aws sso login", or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  expired: {
    found: 'The AWS credentials have expired.',
    remedy: 'Sign in again, with "aws login" or "aws sso login".',
  },
  refused: {
    found: 'AWS does not know these credentials, or the region is not enabled in the account.',
    remedy: 'Look at the profile that is used, and at the regions of its account.',
  },
  skewed: {
    found: 'This machine’s clock is wrong, so that AWS refuses what it signs.',
    remedy: 'Set the clock.',
  },
  unreachable: { found: 'AWS cannot be reached from here.', remedy: 'Check the network and its proxy.' },
} as const;

type Trouble = keyof typeof troubles;

const sentenceOf = (trouble: Trouble): string => `${troubles[trouble].found} ${troubles[trouble].remedy}`;

/** AWS does not say whose credentials these are. */
export class NoCaller extends Mistakes {
  readonly found: string;
  readonly remedy: string;

  constructor(trouble: Trouble) {
    super([sentenceOf(trouble)]);
    ({ found: this.found, remedy: this.remedy } = troubles[trouble]);
  }
}

/** What is wrong with the credentials or the network, by the name or code of the error; undefined for any other error. */
export function troubleOf(error: unknown): Trouble | undefined {
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

/** Why a call to AWS failed, in sentences; undefined if the error is not from AWS. */
export function inWords(error: unknown): readonly string[] | undefined {
  const trouble = troubleOf(error);
  if (trouble !== undefined && trouble !== 'refused') return [sentenceOf(trouble)];
  if (!(error instanceof Error) || !('$metadata' in error || '$fault' in error)) return undefined;
  return [`AWS has refused a call, ${error.name}: ${error.message.split('\n', 1)[0]}`];
}

/** Asks AWS whose credentials these are. @throws NoCaller if AWS does not tell. */
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
    throw new NoCaller(trouble);
  }
}
