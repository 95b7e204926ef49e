import type { Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { relayPath } from '#shared/deployment/addresses.ts';
import { firewall } from './limits.ts';

const { windowSeconds, formShare, mailShare } = firewall;
/** WAF takes no lower one. */
const leastLimit = 10;

/** A sample would hold what a log must not: cookies, tokens of invites, who sent it, also of requests that are let through. */
const watched = (metricName: string) => ({
  visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName },
});

/** A group of rules that AWS keeps; each of them blocks or counts as AWS has it. */
const managed = (priority: number, name: string, scopeDownStatement?: CfnWebACL.StatementProperty) => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: { vendorName: 'AWS', name, ...(scopeDownStatement && { scopeDownStatement }) },
  },
  ...watched(name),
});

/** What people ask Claude or ChatGPT is about anything, attacks included. */
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

/** What servers of apps ask for all their people, which has limits of its own; no person signs in or registers by it. */
const ofBackends = ['/oauth/token', '/oauth/revoke', '/oauth/userinfo', '/v1/sessions/verify'];

/** What makes us mail whoever is named: routes with the lowest throttle, which is for all callers together. */
const mailing = ['/v1/codes', '/forgot', '/move', '/verify', '/v1/invites/renew', '/invite/renew'];

const isPost: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: 'EXACTLY',
    searchString: 'POST',
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

/** Whether the path is one of `paths`, as it came or once it is decoded. */
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

/** Refuses an address that sends more than `limit` in the window, of all requests or of those in `scopeDownStatement`. */
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
 * The firewall: a rate by address, a lower one of forms and one of what sends mail, so that as things are delivered nobody fills a
 * route's throttle alone; addresses of ill repute, requests that no honest client sends. Not AWS's core rules, which refuse bodies over 8 KB, as lists of people are, and addresses with an IP in them, such as where the command line signs in.
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
