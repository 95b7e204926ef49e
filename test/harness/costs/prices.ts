import { durations } from '#bench/scale/assumptions.ts';

/**
 * The day on which these prices were last looked up: AWS's list prices in us-east-1, in US dollars, without any free amount. Other
 * regions cost up to a third more.
 */
export const pricesOf = '2026-11-28';

const million = 1_000_000;

export const prices = {
  /** API Gateway, HTTP API; up to 512 KB each. */
  apiRequest: 1 / million,
  lambdaRequest: 0.2 / million,
  /** On arm64. */
  lambdaGigabyteSecond: 0.000_013_333_4,
  /** DynamoDB, on demand. */
  tableWrite: 0.625 / million,
  tableRead: 0.125 / million,
  keyCall: 0.03 / 10_000,
  keyMonth: 1,
  logGigabyte: 0.5,
  /** To the internet. */
  sentGigabyte: 0.09,
  mail: 0.1 / 1_000,
  alarmMetricMonth: 0.1,
  metricMonth: 0.3,
} as const;

/** The amounts of CloudWatch that are always free in each account. */
export const free = { alarmMetrics: 10, metrics: 10, dashboards: 3 } as const;

export const monthHours = 730;
export const dayMs = 86_400_000;

/** Quantities that no template states, estimated on the high side. */
export const assumed = {
  ...durations,
  /** Lambda's own lines per invocation, API Gateway's line per request, and CloudWatch's overhead per line. */
  lambdaLogBytes: 420,
  accessLogBytes: 300,
  /** Bytes of an answer's status line and headers. */
  headBytes: 700,
} as const;
