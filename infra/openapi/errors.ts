import { errorTable, type ErrorCode } from '#shared/errors/table.ts';
import { capabilitiesOf } from '#shared/operation/chain-needs.ts';
import type { Operation } from '#shared/operation/operation.ts';

/** The errors that an operation can answer: those that it declares and those of the request chain around it. */
export function errorsOf(operation: Operation, sentAs: 'json' | 'form' = 'json'): ErrorCode[] {
  const { auth, wantsCaller, params, query, body, rate, method, setsCookie, confirms, errors } = operation;
  const form = sentAs === 'form';
  const signedIn = wantsCaller || (auth !== 'public' && auth !== 'optional');
  const grants = capabilitiesOf(operation).flatMap((capability) => capability.grants);
  const inputs = form || body || operation.kind === 'endpoint';
  const implied: [ErrorCode, unknown][] = [
    ['malformed', inputs],
    ['too_large', inputs],
    ['unsupported_encoding', inputs],
    ['unsupported_media_type', inputs],
    ['invalid', inputs || params || query],
    ['unauthenticated', signedIn],
    ['device_mismatch', signedIn && operation.kind === 'operation'],
    ['not_verified', auth === 'verified' || auth === 'admin'],
    ['reauthentication_required', confirms],
    ['forbidden', auth === 'admin'],
    ['cross_site', form || (method !== 'GET' && (auth !== 'public' || setsCookie))],
    ['rate_limited', rate.length > 0],
    ['store_unavailable', grants.some(({ on }) => on === 'table' || on === 'index')],
    ['keys_unavailable', grants.some(({ on }) => on === 'key')],
    ['busy', grants.length > 0],
    ['internal', true],
  ];
  return [...new Set([...errors, ...implied.filter(([, holds]) => holds).map(([code]) => code)])].toSorted();
}

/** Codes by HTTP status, both in ascending order. */
export function byStatus(codes: readonly ErrorCode[]): [status: number, codes: ErrorCode[]][] {
  const groups = Map.groupBy(codes, (code) => errorTable[code].status);
  return [...groups].toSorted(([a], [b]) => a - b);
}
