import type { Loss } from '../failures.ts';

/** No server listens at the address, or the network has no way to it: the request has not arrived. */
const unsent = new Set(
  'ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH UND_ERR_CONNECT_TIMEOUT'.split(' '),
);
/** The connection broke: the request may have arrived. */
const lost = new Set(
  'ECONNRESET EPIPE ETIMEDOUT UND_ERR_SOCKET UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT'.split(' '),
);

/**
 * What fetch says about the network is in the cause, or in the first of several. An error without a cause is about the
 * request itself and quotes it, headers included (C113): its words are left out.
 */
export function networkFailureOf(error: Error): { reason: string; loss: Loss } {
  if (error.name === 'TimeoutError') return { reason: 'no answer in time', loss: 'lost' };
  const cause: unknown = error.cause instanceof AggregateError ? error.cause.errors[0] : error.cause;
  if (!(cause instanceof Error)) return { reason: 'the request cannot be sent', loss: 'hopeless' };
  const code = 'code' in cause ? String(cause.code) : '';
  // An answer that is no HTTP is an answer to a request that has arrived.
  const isLost = lost.has(code) || code.startsWith('HPE_');
  return {
    reason: cause.message || code,
    loss: unsent.has(code) ? 'unsent' : isLost ? 'lost' : 'hopeless',
  };
}
