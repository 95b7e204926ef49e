import { durations } from './assumptions.ts';

/** A limit of AWS: the amount per second (`lambda`: instances at once; `mailsPerDay`: mails in a day), and what raises it. */
export interface Limit {
  what: string;
  value: number;
  /** `quota`: AWS raises it on request. `setting`: the setting raises it. `design`: neither does, so the design decides. */
  raised: 'quota' | 'setting' | 'design';
  source: string;
}

const aws = 'https://docs.aws.amazon.com';

/** The highest value of the setting `requestsPerSecond`. A test keeps the two equal. */
export const mostRequestsPerSecond = 10_000;

export const limits = {
  api: {
    what: 'API Gateway, requests of an account',
    value: 10_000,
    raised: 'quota',
    source: `${aws}/apigateway/latest/developerguide/limits.html`,
  },
  lambda: {
    what: 'Lambda, instances of an account',
    value: 1_000,
    raised: 'quota',
    source: `${aws}/lambda/latest/dg/gettingstarted-limits.html`,
  },
  kms: {
    what: 'KMS, symmetric operations of an account, where it is least',
    value: 10_000,
    raised: 'quota',
    source: `${aws}/kms/latest/developerguide/requests-per-second.html`,
  },
  mailsPerDay: {
    what: 'SES, mails of an account in a day, out of the sandbox',
    value: 50_000,
    raised: 'quota',
    source: `${aws}/ses/latest/dg/manage-sending-quotas.html`,
  },
  mailsPerSecond: {
    what: 'SES, mails of an account in a second, out of the sandbox',
    value: 14,
    raised: 'quota',
    source: `${aws}/ses/latest/dg/manage-sending-quotas.html`,
  },
  table: {
    what: 'DynamoDB, write units of a table',
    value: 40_000,
    raised: 'quota',
    source: `${aws}/amazondynamodb/latest/developerguide/ServiceQuotas.html`,
  },
  partition: {
    what: 'DynamoDB, write units of a partition',
    value: 1_000,
    raised: 'design',
    source: `${aws}/amazondynamodb/latest/developerguide/bp-partition-key-design.html`,
  },
  row: {
    what: 'transactions that ask the same row',
    value: 1_000 / durations.transactionMs,
    raised: 'design',
    source: `${aws}/amazondynamodb/latest/developerguide/transaction-apis.html`,
  },
} as const satisfies Record<string, Limit>;
