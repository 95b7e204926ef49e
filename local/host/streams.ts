import * as z from 'zod/mini';
import { readStream, streamOf, type Position } from '../engine/stream.ts';
import { tableOf } from '../template/arn.ts';
import type { Template } from '../template/template.ts';
import type { Outcome } from './outcome.ts';
import { onFailureSchema } from './failure-queue.ts';
import { deliver, type StreamRecord } from './stream-batch.ts';
import { matchesPattern } from './stream-filter.ts';

// Strict: a property that is not implemented here stops the stack instead of being ignored.
const schema = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BatchSize: z._default(z.number(), 100),
  // -1 means unlimited retries. The local stack gives up after 10.
  MaximumRetryAttempts: z._default(z.number(), -1),
  DestinationConfig: onFailureSchema,
  BisectBatchOnFunctionError: z._default(z.boolean(), false),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  FilterCriteria: z._default(z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }), {
    Filters: [],
  }),
});

export interface FeedOptions {
  engineUrl: string;
  region: string;
  /** The position from which each function continues each stream after a restart. `onPosition` keeps it up to date. */
  positions: Readonly<Record<string, Position>>;
  onPosition(reader: string, position: Position): void;
  invoke(functionName: string, event: string): Promise<Outcome>;
  /** Adds a line to the function's log. */
  report(functionName: string, text: string): void;
  /** Receives the description of records that were given up. */
  putAway(functionName: string, queueArn: string | undefined, body: object): void;
  /** Receives the age of the records that a function gets: the time since the first record of their page was written. */
  onAge(functionName: string, ageMs: number): void;
  now(): number;
}

/** One event source mapping: reads a table's stream when notified of a write, and passes new records to its function. */
export class StreamFeed {
  readonly table: string;
  readonly #mapping: z.output<typeof schema>;
  readonly #options: FeedOptions;
  readonly #stopping = new AbortController();
  #stream = '';
  #position: Position = {};
  #work: Promise<void> | undefined;
  #again = false;
  /** The time of the first write notified since the last page was read. */
  #writtenAt: number | undefined;

  constructor(properties: unknown, options: FeedOptions) {
    this.#mapping = schema.parse(properties);
    this.#options = options;
    this.table = tableOf(this.#mapping.EventSourceArn) ?? '';
  }

  /** Finds the stream and the starting position, and passes on the records since then. */
  async start(): Promise<void> {
    const { engineUrl, positions } = this.#options;
    this.#stream = await streamOf(engineUrl, this.table);
    const known = positions[this.#reader];
    this.#position = { ...known };
    if (known === undefined && this.#mapping.StartingPosition === 'LATEST') {
      for await (const { shard, records } of readStream(engineUrl, this.#stream, {}))
        this.#advance(shard, records);
    }
    this.#read();
  }

  /** Notifies the feed of a write, so that it looks for new records. */
  notify(): void {
    this.#writtenAt ??= this.#options.now();
    this.#read();
  }

  #read(): void {
    this.#again = true;
    this.#work ??= this.#drain();
  }

  /** Resolves when all existing records have been handled or given up. */
  async settle(): Promise<void> {
    this.#read();
    await this.#work;
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#again && !this.#stopping.signal.aborted) {
        this.#again = false;
        const writtenAt = this.#writtenAt;
        const pages = readStream(this.#options.engineUrl, this.#stream, this.#position);
        for await (const { shard, records } of pages) {
          const since = this.#writtenAt ?? writtenAt ?? this.#options.now();
          this.#writtenAt = undefined;
          await this.#handle(records, since);
          if (this.#stopping.signal.aborted) break;
          this.#advance(shard, records);
        }
        // A notification follows its write, so the record may already have been read. Its time must not make later records seem older.
        if (this.#writtenAt === writtenAt) this.#writtenAt = undefined;
      }
    } catch (error) {
      if (!this.#stopping.signal.aborted)
        this.#report(`the stream of ${this.table} cannot be read: ${String(error)}`);
    } finally {
      this.#work = undefined;
    }
  }

  /** The key of the position: mappings of the same stream each read it at their own pace. */
  get #reader(): string {
    return `${this.#mapping.FunctionName} ${this.#stream}`;
  }

  #advance(shard: string, records: readonly StreamRecord[]): void {
    const last = records.at(-1)?.dynamodb.SequenceNumber;
    if (last === undefined) return;
    this.#position = { ...this.#position, [shard]: last };
    this.#options.onPosition(this.#reader, this.#position);
  }

  #report(text: string): void {
    this.#options.report(this.#mapping.FunctionName, text);
  }

  async #handle(records: readonly StreamRecord[], writtenAt: number): Promise<void> {
    const { FunctionName, BatchSize, FilterCriteria, EventSourceArn, ...mapping } = this.#mapping;
    const patterns = FilterCriteria.Filters.map(({ Pattern }): unknown => JSON.parse(Pattern));
    const wanted = records.filter(
      (record) => patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, record)),
    );
    const { invoke, region, putAway, onAge, now } = this.#options;
    for (let start = 0; start < wanted.length; start += BatchSize) {
      await deliver(wanted.slice(start, start + BatchSize), {
        invoke: (batch) => {
          onAge(FunctionName, Math.max(0, now() - writtenAt));
          const Records = batch.map((one) => ({
            ...one,
            awsRegion: region,
            eventSourceARN: EventSourceArn,
          }));
          return invoke(FunctionName, JSON.stringify({ Records }));
        },
        retries: mapping.MaximumRetryAttempts < 0 ? 10 : mapping.MaximumRetryAttempts,
        bisect: mapping.BisectBatchOnFunctionError,
        reportsItems: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        onGivenUp: (batch) => {
          this.#report(`rows of ${this.table} were given up: ${batch.length}`);
          const [first, last] = [batch[0], batch.at(-1)].map((one) => one?.dynamodb.SequenceNumber);
          const range = { startSequenceNumber: first, endSequenceNumber: last, batchSize: batch.length };
          putAway(FunctionName, mapping.DestinationConfig?.OnFailure?.Destination, {
            DDBStreamBatchInfo: { ...range, streamArn: EventSourceArn },
          });
        },
        signal: this.#stopping.signal,
      });
    }
  }
}

/** The feeds of all event source mappings of a template. */
export const readFeeds = (template: Template, options: FeedOptions): StreamFeed[] =>
  template
    .resources('AWS::Lambda::EventSourceMapping')
    .map(({ properties }) => new StreamFeed(properties, options));
