import type { Stack } from 'aws-cdk-lib';
import type { Alarm, Metric, Watched } from './alarms.ts';

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A metric in CloudWatch's order: namespace, name, dimensions, how it is drawn. */
const row = ({ namespace, metricName, dimensions, statistic }: Metric): unknown[] => [
  namespace,
  metricName,
  ...Object.entries(dimensions).flat(),
  { stat: statistic },
];

const columns = 3;
const [width, height] = [24 / columns, 6];
const placeOf = (index: number, above: number): Place => ({
  x: (index % columns) * width,
  y: above + Math.floor(index / columns) * height,
  width,
  height,
});

/** What the dashboard shows: the state of the alarms, the API's latency, and each alarm's metric with the line at which it rings. */
export function dashboardBody(
  { region }: Stack,
  alarms: Readonly<Record<string, Alarm>>,
  alarmArns: readonly string[],
  { apiId }: Watched,
): object {
  const latency: Metric = {
    namespace: 'AWS/ApiGateway',
    metricName: 'Latency',
    dimensions: { ApiId: apiId },
    statistic: 'Maximum',
  };
  const graphs = [
    { title: 'Latency', metrics: [row(latency)], period: 300 },
    ...Object.entries(alarms).map(([title, { metrics, besides, minutes, threshold }]) => ({
      title,
      metrics: [...metrics, ...(besides ? [besides] : [])].map(row),
      period: minutes * 60,
      annotations: { horizontal: [{ label: 'rings', value: threshold }] },
    })),
  ];
  const above = 3;
  return {
    widgets: [
      {
        type: 'alarm',
        x: 0,
        y: 0,
        width: 24,
        height: above,
        properties: { title: 'Alarms', alarms: alarmArns },
      },
      ...graphs.map((properties, index) => ({
        type: 'metric',
        ...placeOf(index, above),
        properties: { ...properties, view: 'timeSeries', region },
      })),
    ],
  };
}
