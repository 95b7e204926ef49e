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
 * fetch puts a network error into `cause`, or into the first of several errors there. An error without a cause is about the
 * request itself and quotes it, headers included (C113), so its message is left out.
 */
export function networkFailureOf(error: Error): { reason: string; loss: Loss } {
  if (error.name === 'TimeoutError') return { reason: 'no answer in time', loss: 'lost' };
  const cause: unknown = error.cause instanceof AggregateError ? error.cause.errors[0] : error.cause;
  if (!(cause instanceof Error)) return { reason: 'the request cannot be sent', loss: 'hopeless' };
  const code = 'code' in cause ? String(cause.code) : '';
  // An answer that is not HTTP shows that the request has arrived.
  const isLost = lost.has(code) || code.startsWith('HPE_');
  return {
    reason: cause.message || code,
    loss: unsent.has(code) ? 'unsent' : isLost ? 'lost' : 'hopeless',
  };
}
