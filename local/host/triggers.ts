import { join } from 'node:path';
import type { ShiftedClock } from '../clock.ts';
import type { Position } from '../engine/stream.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { JsonFile } from '../json-file.ts';
import type { Template } from '../template/template.ts';
import type { Host } from './host.ts';
import { Schedules } from './schedules.ts';
import { readFeeds } from './streams.ts';

export interface TriggerOptions {
  template: Template;
  engineUrl: string;
  clock: ShiftedClock;
  gateway: Gateway;
  host: Host;
  /** Where it is kept how far the streams were read. */
  dataDir: string | undefined;
}

export interface Triggers {
  /** Resolves when all stream records that are there have been handled or given up and no scheduled run is under way. */
  settle(): Promise<void>;
  /** Starts nothing more; what is under way ends with its function. */
  stop(): void;
}

/** Remembers how far each stream was read, beyond the process if there is a directory for it. */
function positionsIn(dataDir: string | undefined) {
  const file =
    dataDir === undefined ? undefined : new JsonFile<Record<string, Position>>(join(dataDir, 'streams.json'));
  const positions = file?.read() ?? {};
  return {
    positions,
    onPosition(stream: string, position: Position): void {
      positions[stream] = position;
      file?.write(positions);
    },
  };
}

/** Starts what calls functions without a request: streams and schedules. */
export async function startTriggers({
  template,
  engineUrl,
  clock,
  gateway,
  host,
  dataDir,
}: TriggerOptions): Promise<Triggers> {
  const invoke = host.invoke.bind(host);
  const feeds = readFeeds(template, {
    ...positionsIn(dataDir),
    engineUrl,
    region: template.region,
    invoke,
    report: (name, text) => host.log(name, `${text}\n`),
  });
  await Promise.all(feeds.map((feed) => feed.start()));
  gateway.onWrite((table) => {
    for (const feed of feeds) if (feed.table === table) feed.notify();
  });
  const schedules = new Schedules(template, { clock, region: template.region, invoke });
  return {
    async settle() {
      await schedules.settle();
      await Promise.all(feeds.map((feed) => feed.settle()));
    },
    stop() {
      schedules.stop();
      for (const feed of feeds) feed.stop();
    },
  };
}
