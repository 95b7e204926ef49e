import * as z from 'zod/mini';
import type { Datum } from '#local/host/metrics.ts';
import { readTemplate } from '#local/template/template.ts';
import type { Stack } from '#local/stack/running-stack.ts';

const dimensions = z._default(z.array(z.object({ Name: z.string(), Value: z.string() })), []);
const metric = { Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions };
const statistic = z.enum(['Sum', 'Maximum']);
const common = {
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.string()),
  OKActions: z.array(z.string()),
  ComparisonOperator: z.literal('GreaterThanOrEqualToThreshold'),
  Threshold: z.number(),
  EvaluationPeriods: z.literal(1),
  TreatMissingData: z.enum(['breaching', 'notBreaching']),
};
// Strict, so that a property that this file does not implement fails the test.
const alarmSchema = z.union([
  z.strictObject({ ...common, ...metric, Statistic: statistic, Period: z.number() }),
  z.strictObject({
    ...common,
    Metrics: z.tuple(
      [
        z.looseObject({
          Expression: z.enum(['MAX(METRICS())', 'm0 - FILL(m1, 0)']),
          ReturnData: z.literal(true),
        }),
      ],
      z.strictObject({
        Id: z.string(),
        ReturnData: z.literal(false),
        MetricStat: z.strictObject({ Metric: z.strictObject(metric), Period: z.number(), Stat: statistic }),
      }),
    ),
  }),
]);
export type Alarm = z.output<typeof alarmSchema>;

/** The alarms of a synthesized deployment by their names, with all references resolved as the local stack does. */
export function alarmsIn(assembly: string, stack: Stack): Map<string, Alarm> {
  const template = readTemplate(assembly, { apiUrl: stack.app, relayUrl: stack.relay ?? '' });
  return new Map(
    template
      .resources('AWS::CloudWatch::Alarm')
      .map(({ logicalId, properties }) => [logicalId, alarmSchema.parse(properties)]),
  );
}

interface Watched {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: string }[];
  stat: z.output<typeof statistic>;
  period: number;
}

function watchedBy(alarm: Alarm): Watched[] {
  if (!('Metrics' in alarm)) return [{ ...alarm, stat: alarm.Statistic, period: alarm.Period }];
  const [, ...each] = alarm.Metrics;
  return each.map(({ MetricStat: { Metric, Stat, Period } }) => ({ ...Metric, stat: Stat, period: Period }));
}

/** Whether an alarm watches a datum. CloudWatch compares name, namespace and all dimensions. */
const isOf = ({ Namespace, MetricName, Dimensions }: Watched, datum: Datum): boolean =>
  Namespace === datum.namespace &&
  MetricName === datum.name &&
  Dimensions.length === Object.keys(datum.dimensions).length &&
  Dimensions.every(({ Name, Value }) => datum.dimensions[Name] === Value);

/** Whether an alarm rings at `now`, by the data that CloudWatch has received by then. */
export function rings(alarm: Alarm, data: readonly Datum[], now: number): boolean {
  const each = watchedBy(alarm).map((watched) => {
    const within = data
      .filter((datum) => isOf(watched, datum) && datum.at <= now && datum.at > now - watched.period * 1_000)
      .map(({ value }) => value);
    if (within.length === 0) return undefined;
    return watched.stat === 'Sum' ? within.reduce((sum, value) => sum + value, 0) : Math.max(...within);
  });
  const [value, off = 0] = each;
  const isRest = 'Metrics' in alarm && alarm.Metrics[0].Expression !== 'MAX(METRICS())';
  const values = isRest
    ? value === undefined
      ? []
      : [value - off]
    : each.filter((one) => one !== undefined);
  return values.length === 0
    ? alarm.TreatMissingData === 'breaching'
    : Math.max(...values) >= alarm.Threshold;
}
