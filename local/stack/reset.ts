import type { ShiftedClock } from '../base/clock.ts';
import { emptyTable } from '../engine/create-tables.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { FailureQueue } from '../host/failure-queue.ts';
import type { Host } from '../host/host.ts';
import type { Metrics } from '../host/metrics.ts';
import type { Triggers } from '../host/triggers.ts';
import type { Provider } from '../provider/provider.ts';
import type { Ses } from '../ses/ses.ts';
import type { Resource } from '../template/template.ts';

interface Parts {
  clock: ShiftedClock;
  gateway: Gateway;
  provider: Provider;
  host: Host;
  queue: FailureQueue;
  metrics: Metrics;
  triggers: Triggers;
  ses: Ses;
  engineUrl: string;
  tables: readonly Resource[];
}

/** Resets the parts of a stack without a data directory to their initial state, once the invocations under way have ended. */
export async function reset({
  clock,
  gateway,
  provider,
  host,
  queue,
  metrics,
  triggers,
  ses,
  engineUrl,
  tables,
}: Parts): Promise<void> {
  gateway.faults.replace([]);
  gateway.hold = undefined;
  provider.clear();
  clock.offsetSeconds = 0;
  host.deploy({});
  await triggers.settle();
  await Promise.all(tables.map((table) => emptyTable(engineUrl, table)));
  ses.clear();
  host.logs.clear();
  queue.messages.clear();
  metrics.data.clear();
  gateway.calls.clear();
  triggers.restart();
}
