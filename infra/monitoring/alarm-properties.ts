import type { CfnAlarm, CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarm, Metric } from './alarms.ts';

/** CloudWatch's form of an alarm. */
export function alarmProperties(name: string, alarm: Alarm, topicArn: string): CfnAlarmProps {
  const { means, metrics, besides, minutes, threshold, ringsWhenSilent } = alarm;
  const period = minutes * 60;
  const [only, ...others] = metrics;
  return {
    alarmDescription: `${means} What to do: docs/runbook.md#${name.toLowerCase()}`,
    ...(besides
      ? { metrics: together('rest', 'm0 - FILL(m1, 0)', [only, besides], period) }
      : others.length > 0
        ? { metrics: together('greatest', 'MAX(METRICS())', metrics, period) }
        : { ...asOne(only), period }),
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold,
    evaluationPeriods: 1,
    treatMissingData: ringsWhenSilent ? 'breaching' : 'notBreaching',
    alarmActions: [topicArn],
    okActions: [topicArn],
  };
}

const dimensionsOf = ({ dimensions }: Metric) =>
  Object.entries(dimensions).map(([name, value]) => ({ name, value }));

const asOne = (metric: Metric) => ({
  namespace: metric.namespace,
  metricName: metric.metricName,
  dimensions: dimensionsOf(metric),
  statistic: metric.statistic,
});

const together = (
  id: string,
  expression: string,
  metrics: readonly Metric[],
  period: number,
): CfnAlarm.MetricDataQueryProperty[] => [
  { id, expression, label: id, returnData: true },
  ...metrics.map((metric, index) => ({
    id: `m${index}`,
    metricStat: {
      metric: {
        namespace: metric.namespace,
        metricName: metric.metricName,
        dimensions: dimensionsOf(metric),
      },
      period,
      stat: metric.statistic,
    },
    returnData: false,
  })),
];
