import type { Entry } from '#infra/entry.ts';
import type { Capability } from '#shared/deployment/capability.ts';

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

const canWrite = ({ grants }: Capability): boolean =>
  grants.some((grant) => grant.actions.some((action) => writes.has(action)));

/** Whether an operation or job can write by its own capabilities, apart from what the chain counts for each request. */
export const isWriter = ({ declaration }: Entry): boolean => declaration.uses.some(canWrite);
