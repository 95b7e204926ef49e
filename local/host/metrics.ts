import type { ShiftedClock } from '../base/clock.ts';
import { Recent } from '../gateway/records.ts';

/** One value of a metric, as CloudWatch gets it. */
export interface Datum {
  /** Milliseconds since 1970, on the stack's clock. */
  at: number;
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  value: number;
}

/** A line in CloudWatch's embedded metric format, with the members used here. */
interface Embedded {
  _aws: {
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[];
  };
  [field: string]: unknown;
}

/** The metrics that CloudWatch would receive: from the AWS services that this process imitates, and from the functions' log lines. */
export class Metrics {
  readonly data = new Recent<Datum>(20_000);
  readonly #clock: ShiftedClock;

  constructor(clock: ShiftedClock) {
    this.#clock = clock;
  }

  add(namespace: string, name: string, dimensions: Datum['dimensions'], value: number): void {
    this.data.add({ at: this.#clock.now(), namespace, name, dimensions, value });
  }

  /** Adds a metric as Lambda does: for the function, and for all functions of the region together. */
  addOfFunction(name: string, functionName: string, value: number): void {
    this.add('AWS/Lambda', name, { FunctionName: functionName }, value);
    this.add('AWS/Lambda', name, {}, value);
  }

  /** Reads the metrics in a function's log output, if there are any. */
  readLog(text: string): void {
    if (!text.includes('"_aws"')) return;
    for (const line of text.split('\n').filter((one) => one.includes('"_aws"'))) {
      const embedded = JSON.parse(line) as Embedded;
      for (const { Namespace, Dimensions, Metrics: metrics } of embedded._aws.CloudWatchMetrics)
        for (const { Name } of metrics)
          for (const names of Dimensions) {
            const dimensions = Object.fromEntries(names.map((name) => [name, String(embedded[name])]));
            this.add(Namespace, Name, dimensions, Number(embedded[Name]));
          }
    }
  }
}
