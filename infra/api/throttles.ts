import type { CfnStageProps } from 'aws-cdk-lib/aws-apigatewayv2';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import type { Operation } from '#shared/operation/operation.ts';
import type { Entry } from '../entry.ts';
import { hashes } from '../function/grants.ts';
import { routesOf } from './routes.ts';

/** The throttle of an operation's routes: each one's part of `requestsPerSecond`, and how many seconds of it a burst may use at once. */
interface Share {
  part: number;
  burstSeconds: number;
}

/** A burst costs money once, a rate costs it all day. People come in bursts; programs keep calling. */
const usual: Share = { part: 1, burstSeconds: 20 };

/** For operations that hash a password or send a document: they cost several times as much as a page. The burst is as large as usual. */
const dear: Share = { part: 1 / 8, burstSeconds: 160 };

/** For operations by which an unknown caller makes SES send a mail. */
const mailing: Share = { part: 1 / 20, burstSeconds: 400 };

/** For the files of pages: each page loads several. */
const files: Share = { part: 1 / 2, burstSeconds: 200 };

const large: Readonly<Record<string, Share>> = { 'page-asset': files, 'openapi-read': dear };

const isPublic = ({ auth }: Operation): boolean => auth === 'public' || auth === 'optional';

/** Public operations that mail only the owner of a credential in the request. */
const knowWhoAsks: ReadonlySet<string> = new Set(['oauth-token']);

/** Whether the operation itself mails. The request chain also mails, but only to holders of a session. */
const owesMail = ({ uses }: Operation): boolean =>
  uses.flatMap(({ grants }) => grants).some((grant) => grant.on === 'table' && grant.table === 'mails');

function shareOf({ id, declaration }: Entry<Operation>): Share {
  if (large[id]) return large[id];
  if (hashes(declaration)) return dear;
  const mailsStrangers = isPublic(declaration) && owesMail(declaration) && !knowWhoAsks.has(id);
  return mailsStrangers ? mailing : usual;
}

/** The most requests that an AWS account accepts at once, whatever its stages allow. */
const mostAtOnce = 5_000;

const limitsOf = ({ part, burstSeconds }: Share, { requestsPerSecond }: DeploymentSettings) => {
  const rate = requestsPerSecond * part;
  return { rate, burst: Math.min(mostAtOnce, Math.ceil(rate * burstSeconds)) };
};

/**
 * The throttles of the API's stage. They bound the bill, per route and for all callers together. The operation itself limits
 * each address.
 */
export function throttles(
  settings: DeploymentSettings,
  entries: readonly Entry<Operation>[],
): Pick<CfnStageProps, 'defaultRouteSettings' | 'routeSettings'> {
  const { rate, burst } = limitsOf(usual, settings);
  const routeSettings: Record<string, object> = {};
  for (const entry of entries) {
    const share = shareOf(entry);
    if (share === usual) continue;
    const limits = limitsOf(share, settings);
    for (const route of routesOf(entry))
      routeSettings[route] = { ThrottlingRateLimit: limits.rate, ThrottlingBurstLimit: limits.burst };
  }
  return {
    defaultRouteSettings: { throttlingRateLimit: rate, throttlingBurstLimit: burst },
    routeSettings,
  };
}
