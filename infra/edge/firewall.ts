import type { Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { relayPath } from '#shared/deployment/addresses.ts';
import { firewall } from './limits.ts';

const { windowSeconds, formShare, mailShare } = firewall;
/** WAF accepts no lower limit. */
const leastLimit = 10;

/** A sampled request, even an allowed one, would hold what no log may hold: cookies, invite tokens, the sender. */
const watched = (metricName: string) => ({
  visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName },
});

/** A group of rules that AWS maintains. Each rule blocks or counts as AWS defines it. */
const managed = (priority: number, name: string, scopeDownStatement?: CfnWebACL.StatementProperty) => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: { vendorName: 'AWS', name, ...(scopeDownStatement && { scopeDownStatement }) },
  },
  ...watched(name),
});

/** Requests outside the relay: prompts to Claude or ChatGPT may be about anything, attacks included. */
const notRelayed: CfnWebACL.StatementProperty = {
  notStatement: {
    statement: {
      byteMatchStatement: {
        fieldToMatch: { uriPath: {} },
        positionalConstraint: 'STARTS_WITH',
        searchString: `${relayPath}/`,
        textTransformations: [{ priority: 0, type: 'NONE' }],
      },
    },
  },
};

/** Routes that apps' servers call for all their users. They have limits of their own, and no person signs in or registers by them. */
const ofBackends = ['/oauth/token', '/oauth/revoke', '/oauth/userinfo', '/v1/sessions/verify'];

/** Routes that mail the person whom the request names, by address or by link. They have the lowest throttle, which all callers share. */
const mailing = ['/v1/codes', '/forgot', '/move', '/verify', '/v1/invites/renew', '/invite/renew'];

const isPost: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: 'EXACTLY',
    searchString: 'POST',
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

/** Whether the path is one of `paths`, as it came or after URL decoding. */
const isAt = (paths: readonly string[], type: 'NONE' | 'URL_DECODE'): CfnWebACL.StatementProperty => ({
  orStatement: {
    statements: paths.map((searchString) => ({
      byteMatchStatement: {
        fieldToMatch: { uriPath: {} },
        positionalConstraint: 'EXACTLY',
        searchString,
        textTransformations: [{ priority: 0, type }],
      },
    })),
  },
});

const sendsForm: CfnWebACL.StatementProperty = {
  andStatement: {
    statements: [isPost, notRelayed, { notStatement: { statement: isAt(ofBackends, 'NONE') } }],
  },
};

const makesMail: CfnWebACL.StatementProperty = {
  andStatement: { statements: [isPost, isAt(mailing, 'URL_DECODE')] },
};

/** Refuses an address that sends more than `limit` requests in the window. Only those that match `scopeDownStatement` count, if given. */
const rate = (
  priority: number,
  name: string,
  limit: number,
  scopeDownStatement?: CfnWebACL.StatementProperty,
) => ({
  name,
  priority,
  action: {
    block: {
      customResponse: {
        responseCode: 429,
        responseHeaders: [{ name: 'retry-after', value: String(windowSeconds) }],
      },
    },
  },
  statement: {
    rateBasedStatement: {
      aggregateKeyType: 'IP',
      limit,
      evaluationWindowSec: windowSeconds,
      ...(scopeDownStatement && { scopeDownStatement }),
    },
  },
  ...watched(name),
});

/**
 * The firewall limits the rate of each address, with lower limits for forms and for requests that send mail: with the default settings
 * no single address uses up a route's throttle. It also blocks addresses of ill repute, and requests that no honest client sends. AWS's
 * core rules are left out: they refuse bodies over 8 KB, such as lists of people, and URLs with an IP address in them, as in the
 * sign-in of the command line.
 */
export const createFirewall = (stack: Stack, requestsPerFiveMinutes: number): CfnWebACL =>
  new CfnWebACL(stack, 'Firewall', {
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    ...watched('Firewall'),
    rules: [
      rate(0, 'Rate', requestsPerFiveMinutes),
      rate(1, 'FormRate', Math.round(requestsPerFiveMinutes * formShare), sendsForm),
      rate(2, 'MailRate', Math.max(leastLimit, Math.round(requestsPerFiveMinutes * mailShare)), makesMail),
      managed(3, 'AWSManagedRulesAmazonIpReputationList'),
      managed(4, 'AWSManagedRulesKnownBadInputsRuleSet', notRelayed),
    ],
  });
