import { readConfig } from '#shared/deployment/config.ts';
import { useQuotas } from '#shared/quotas/use-quotas.ts';
import { Failure } from '#shared/errors/failure.ts';
import type { QuotaCall } from './quotas.ts';

/** A separate process that counts calls as the relay does, in the stack that its environment names. */
const port = useQuotas.make(readConfig());

process.on('message', ({ n, name, args }: QuotaCall) => {
  const run = port[name] as (...args: unknown[]) => Promise<unknown>;
  run(...args).then(
    (value) => process.send?.({ n, value }),
    (error: unknown) => process.send?.({ n, failure: error instanceof Failure ? error.code : String(error) }),
  );
});
