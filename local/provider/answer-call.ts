import { randomUUID } from 'node:crypto';
import { jsonAnswer, Refusal, type Dialect, type ProviderAnswer, type ProviderCall } from './answer.ts';
import type { Behaviour } from './behaviours.ts';
import { insteadOf } from './misbehave.ts';

interface Asked extends Omit<ProviderCall, 'query' | 'body'> {
  method: string;
  /** With its query. */
  path: string;
  /** Undefined if the body was too large. */
  body: string | undefined;
}

/** Headers that Cloudflare adds for both providers. */
const edge = { server: 'cloudflare', 'set-cookie': 'stand-in=1; path=/; HttpOnly' };

function answerWell(dialect: Dialect, { method, path, body, ...rest }: Asked): ProviderAnswer {
  const { pathname, searchParams } = new URL(`http://provider${path}`);
  const call = { ...rest, query: searchParams, body: body ?? '' };
  dialect.admit(call);
  const key = dialect.keyOf(call.headers) ?? '';
  if (key.includes('revoked')) throw dialect.unknownKey(key);
  if (body === undefined) throw new Refusal(413, 'Request exceeds the maximum size');
  const route = dialect.routes[`${method} ${pathname}`];
  if (route === undefined) throw dialect.unknownPath(method, pathname);
  return route(call);
}

/** A provider's answer to a call, or the answer that a behaviour prescribes. A key that contains `revoked` is unknown. */
export function answerCall(dialect: Dialect, asked: Asked, behaviour: Behaviour | undefined): ProviderAnswer {
  const requestId = `req_${randomUUID().replaceAll('-', '')}`;
  const refused = (refusal: Refusal) => jsonAnswer(refusal.status, dialect.errorBody(refusal, requestId));
  const answer = (): ProviderAnswer => {
    try {
      const key = dialect.keyOf(asked.headers) ?? '';
      return insteadOf(behaviour, dialect, key, refused) ?? answerWell(dialect, asked);
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      throw error;
    }
  };
  const { headers, ...rest } = answer();
  return { ...rest, headers: { ...edge, ...dialect.headers(requestId, asked.now), ...headers } };
}
