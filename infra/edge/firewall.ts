import type { Stack } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { relayPath } from '#shared/deployment/addresses.ts';

const windowSeconds = 300;

const watched = (metricName: string) => ({
  visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName },
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

/** Of the requests of an address, those that can sign in, register or make us send a mail. */
const formShare = 0.15;

const sendsForm: CfnWebACL.StatementProperty = {
  andStatement: {
    statements: [
      {
        byteMatchStatement: {
          fieldToMatch: { method: {} },
          positionalConstraint: 'EXACTLY',
          searchString: 'POST',
          textTransformations: [{ priority: 0, type: 'NONE' }],
        },
      },
      notRelayed,
    ],
  },
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
 * The firewall: a rate by address, a lower one of forms, so that nobody fills a route's throttle alone, addresses of ill repute, requests that no honest client sends. Not AWS's core rules, which
 * refuse bodies over 8 KB, as lists of people are, and addresses with an IP in them, such as where the command line signs in.
 */
export const createFirewall = (stack: Stack, requestsPerFiveMinutes: number): CfnWebACL =>
  new CfnWebACL(stack, 'Firewall', {
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    ...watched('Firewall'),
    rules: [
      rate(0, 'Rate', requestsPerFiveMinutes),
      rate(1, 'FormRate', Math.round(requestsPerFiveMinutes * formShare), sendsForm),
      managed(2, 'AWSManagedRulesAmazonIpReputationList'),
      managed(3, 'AWSManagedRulesKnownBadInputsRuleSet', notRelayed),
    ],
  });
