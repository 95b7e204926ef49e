import type { CfnStageProps } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Operation } from '#shared/operation/operation.ts';
import type { Entry } from '../entry.ts';
import { hashes } from '../function/grants.ts';
import { routesOf } from './routes.ts';

/** Of an operation's routes: which part of `requestsPerSecond` each takes, and for how many seconds' worth it takes a burst. */
interface Share {
  part: number;
  burstSeconds: number;
}

/** A burst costs what it costs once, a rate costs it all day: people come in bursts, programs stay. */
const usual: Share = { part: 1, burstSeconds: 20 };

/** What hashes or sends a document: several times as dear as a page. As many may come at once. */
const dear: Share = { part: 1 / 8, burstSeconds: 160 };

/** What makes SES send a mail for somebody unknown. */
const mailing: Share = { part: 1 / 20, burstSeconds: 400 };

/** The files of pages, of which each page takes several. */
const files: Share = { part: 1 / 2, burstSeconds: 200 };

const large: Readonly<Record<string, Share>> = { 'page-asset': files, 'openapi-read': dear };

const isPublic = ({ auth }: Operation): boolean => auth === 'public' || auth === 'optional';

/** They mail holders of what was given to them, and nobody else. */
const knowWhoAsks: ReadonlySet<string> = new Set(['oauth-token']);

/** By its own work: what the chain mails goes to holders of a session. */
const owesMail = ({ uses }: Operation): boolean =>
  uses.flatMap(({ grants }) => grants).some((grant) => grant.on === 'table' && grant.table === 'mails');

function shareOf({ id, declaration }: Entry<Operation>): Share {
  if (large[id]) return large[id];
  if (hashes(declaration)) return dear;
  const mailsStrangers = isPublic(declaration) && owesMail(declaration) && !knowWhoAsks.has(id);
  return mailsStrangers ? mailing : usual;
}

/** What an account of AWS takes at once, whatever its stages say. */
const mostAtOnce = 5_000;

const limitsOf = ({ part, burstSeconds }: Share, { requestsPerSecond }: Settings) => {
  const rate = requestsPerSecond * part;
  return { rate, burst: Math.min(mostAtOnce, Math.ceil(rate * burstSeconds)) };
};

/**
 * The throttles of the API's stage: a bound for the bill, of each route for all callers together. What one address may do is
 * counted by the operation itself.
 */
export function throttles(
  settings: Settings,
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
