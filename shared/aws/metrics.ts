import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Where CloudWatch files what functions count. */
export const metricsNamespace = 'Latchkey';

/**
 * What functions count for the alarms, and what of their log each counts: a line's event, or the code of an error. What is no event
 * is measured by the clock (`functions/health/watch.ts`).
 */
export const counted = {
  Outages: ['store_unavailable', 'keys_unavailable'],
  InternalErrors: ['internal'],
  BrokenAnswers: ['relay.broken'],
  PermissionsRefused: ['permission.denied'],
  Lockouts: ['locked'],
  MailsUndelivered: ['mail.failed', 'sender.unverified'],
  MailsBounced: ['bounced', 'complained'],
} as const;

export const measured = ['KeysUnusable', 'MailQuotaUsed'] as const;

export type MetricName = keyof typeof counted | (typeof measured)[number];

const byWord = new Map<string, MetricName>(
  Object.entries(counted).flatMap(([name, words]) =>
    words.map((word) => [word, name as MetricName] as const),
  ),
);

/** The metric that a line of the log is counted in, by its event and what it says of the outcome. */
export function metricOf(event: string, { code, outcome }: { code?: unknown; outcome?: unknown }) {
  const word = event === 'mail.reported' ? outcome : (code ?? event);
  return typeof word === 'string' ? byWord.get(word) : undefined;
}

/**
 * What writes the metrics of a deployment's function into its log, from where CloudWatch takes them.
 * @param deployment its name: the one dimension, `service`, so that all its functions count together.
 */
export function createMeter(deployment: string): (name: MetricName, value: number) => void {
  const metrics = new Metrics({ namespace: metricsNamespace, serviceName: deployment });
  // A line of its own at once: an instance may be frozen before its next request.
  return (name, value) => metrics.singleMetric().addMetric(name, MetricUnit.NoUnit, value);
}
