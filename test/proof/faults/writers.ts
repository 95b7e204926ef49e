import type { Entry } from '#infra/entry.ts';
import type { Capability } from '#shared/deployment/capability.ts';

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

const canWrite = ({ grants }: Capability): boolean =>
  grants.some((grant) => grant.actions.some((action) => writes.has(action)));

/** Whether an operation or job changes anything by its own capabilities, beside what the chain counts of each request. */
export const isWriter = ({ declaration }: Entry): boolean => declaration.uses.some(canWrite);
