import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** CloudWatch namespace of the functions' metrics. */
export const metricsNamespace = 'Latchkey';

/**
 * Metrics that functions count for the alarms, each with the words in the log that it counts: a line's event, its error code, or
 * what SES reported of a mail. States that are not events are measured on a schedule (`functions/health/watch.ts`).
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

/** The metric that counts a line of the log, by its event, code or outcome. */
export function metricOf(event: string, { code, outcome }: { code?: unknown; outcome?: unknown }) {
  const word = event === 'mail.reported' ? outcome : (code ?? event);
  return typeof word === 'string' ? byWord.get(word) : undefined;
}

/**
 * Makes the writer of a function's metrics. It writes them into the log, from which CloudWatch reads them.
 * @param deployment its name is the only dimension, `service`, so that all its functions count together.
 */
export function createMeter(deployment: string): (name: MetricName, value: number) => void {
  const metrics = new Metrics({ namespace: metricsNamespace, serviceName: deployment });
  // A line of its own at once: an instance may be frozen before its next request.
  return (name, value) => metrics.singleMetric().addMetric(name, MetricUnit.NoUnit, value);
}
