import { minute, second } from '#shared/clock.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { deploymentName } from '#shared/deployment/stack-names.ts';
import { metricsNamespace, type MetricName } from '#shared/aws/metrics.ts';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';

/** What the monitoring stack must know of the service stack. */
export interface Watched {
  apiId: string;
  /** Name of the queue of failed events. */
  failures: string;
  /** Names of the functions that read streams. */
  streamReaders: readonly string[];
}

/** One metric as CloudWatch identifies it. */
export interface Metric {
  namespace: string;
  metricName: string;
  dimensions: Readonly<Record<string, string>>;
  statistic: 'Sum' | 'Maximum';
}

/** A condition under which the operator is mailed. Its name is its section in `docs/runbook.md`. */
export interface Alarm {
  /** What it means, in one sentence. */
  means: string;
  /** One metric, or several of which the greatest counts. */
  metrics: readonly [Metric, ...Metric[]];
  /** A metric to subtract from the only one of `metrics`: it counts what is expected. */
  besides?: Metric;
  minutes: number;
  /** The alarm rings if the metric reaches this value within `minutes`. */
  threshold: number;
  /** Whether missing data rings too. */
  ringsWhenSilent?: boolean;
}

/** Without a dimension, Lambda counts all functions of the account in this region. */
const ofLambda = (metricName: string): Metric => ({
  namespace: 'AWS/Lambda',
  metricName,
  dimensions: {},
  statistic: 'Sum',
});

const ofApi = (metricName: string, { apiId }: Watched): Metric => ({
  namespace: 'AWS/ApiGateway',
  metricName,
  dimensions: { ApiId: apiId },
  statistic: 'Sum',
});

/** A metric that our functions report. */
const own = (
  { stage }: DeploymentSettings,
  metricName: MetricName,
  statistic: Metric['statistic'] = 'Sum',
): readonly [Metric] => [
  { namespace: metricsNamespace, metricName, dimensions: { service: deploymentName(stage) }, statistic },
];

/** Alarms on what AWS itself reports of the API, the functions and the queue. */
const ofService = (watched: Watched, settings: DeploymentSettings): Record<string, Alarm> => ({
  ServerErrors: {
    means: 'Requests were answered with 500 or more.',
    // The relay does not run behind API Gateway, and AWS's own count of its errors is mostly the providers' 500s.
    metrics: [ofApi('5xx', watched), ...own(settings, 'InternalErrors')],
    minutes: 15,
    threshold: 5,
  },
  FunctionErrors: {
    means: 'Functions failed by an error that nobody caught, by their time limit or for want of memory.',
    metrics: [ofLambda('Errors')],
    // When a provider's answer breaks off, the relay can break off its own answer only by failing with an error.
    besides: own(settings, 'BrokenAnswers')[0],
    minutes: 15,
    threshold: 3,
  },
  Throttles: {
    means: 'Lambda had no instance left for a call.',
    metrics: [ofLambda('Throttles')],
    minutes: 5,
    threshold: 5,
  },
  Requests: {
    means: 'More requests came than a route takes in the long run.',
    metrics: [ofApi('Count', watched)],
    minutes: 15,
    threshold: settings.requestsPerSecond * 15 * 60,
  },
  Failures: {
    means: 'Something failed for good and waits in the queue for somebody to look at.',
    metrics: [
      {
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: watched.failures },
        statistic: 'Maximum',
      },
    ],
    minutes: 5,
    threshold: 1,
  },
});

/** The most invites that one request makes. A stream that needs the time to mail that many at the account's pace is no cause for alarm. */
const mailsAtOnce = inviteLimits.count.max;

function ofStreams(
  { streamReaders }: Watched,
  { mailsPerSecond }: DeploymentSettings,
): Record<string, Alarm> {
  const [first, ...others] = streamReaders.map((FunctionName): Metric => ({
    namespace: 'AWS/Lambda',
    metricName: 'IteratorAge',
    dimensions: { FunctionName },
    statistic: 'Maximum',
  }));
  if (!first) return {};
  const means = 'New rows wait for the function that they are for.';
  const threshold = 5 * minute + Math.ceil(mailsAtOnce / mailsPerSecond) * second;
  return { StreamAge: { means, metrics: [first, ...others], minutes: 5, threshold } };
}

const ofPeople = (settings: DeploymentSettings): Record<string, Alarm> => ({
  Lockouts: {
    means: 'Many tried to sign in to accounts that are locked by wrong passwords.',
    metrics: own(settings, 'Lockouts'),
    minutes: 15,
    threshold: 20,
  },
  PermissionsRefused: {
    means: 'Somebody tried what only administrators may do, again and again.',
    metrics: own(settings, 'PermissionsRefused'),
    minutes: 15,
    threshold: 10,
  },
});

const ofMail = (settings: DeploymentSettings): Record<string, Alarm> => ({
  MailsUndelivered: {
    means:
      'A mail was given up, as SES refused it for as long as it was worth sending or it could not be written, or the sender is not verified.',
    metrics: own(settings, 'MailsUndelivered'),
    minutes: 60,
    threshold: 1,
  },
  MailsBounced: {
    means: 'Many mails came back, or their readers complained.',
    metrics: own(settings, 'MailsBounced'),
    minutes: 60,
    threshold: 5,
  },
  MailQuota: {
    means: 'The account has nearly sent what SES lets it send in a day.',
    metrics: own(settings, 'MailQuotaUsed', 'Maximum'),
    minutes: 15,
    threshold: 80,
  },
});

/** Every alarm of a deployment by its name, the most serious first. They are few: CloudWatch charges for each metric of each alarm. */
export const alarmsOf = (watched: Watched, settings: DeploymentSettings): Record<string, Alarm> => ({
  StoreDown: {
    means: 'The store or the key service did not answer.',
    metrics: own(settings, 'Outages'),
    minutes: 5,
    threshold: 1,
  },
  KeyUnusable: {
    means: 'A KMS key is disabled or to be deleted, or nobody has looked for a quarter of an hour.',
    metrics: own(settings, 'KeysUnusable', 'Maximum'),
    minutes: 15,
    threshold: 1,
    ringsWhenSilent: true,
  },
  ...ofService(watched, settings),
  ...ofStreams(watched, settings),
  ...ofPeople(settings),
  ...(settings.mailFrom !== null && ofMail(settings)),
});
