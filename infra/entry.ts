import type { Job } from '#shared/operation/job.ts';
import type { Operation } from '#shared/operation/operation.ts';
import type { Stream } from '#shared/operation/stream.ts';

/** A declaration with the id that it has everywhere: function, `operationId`, event, test. */
export interface Entry<Declaration extends Operation | Job | Stream = Operation | Job | Stream> {
  id: string;
  /** Absolute path of the declaring file. */
  file: string;
  declaration: Declaration;
}

/** Whether requests to the HTTP API start the declared function. */
export const isOperation = (entry: Entry): entry is Entry<Operation> => !isJob(entry) && !isStream(entry);

export const isJob = (entry: Entry): entry is Entry<Job> => entry.declaration.kind === 'job';

/** Whether the declared function has an address of its own and streams its answers. */
export const isStream = (entry: Entry): entry is Entry<Stream> => entry.declaration.kind === 'stream';

/** Whether new rows of a table start the declared function. */
export const readsStream = (entry: Entry): boolean =>
  isJob(entry) && typeof entry.declaration.trigger === 'object' && 'stream' in entry.declaration.trigger;
