import { isObject } from '../base/is-object.ts';

/** An answer as sent to the client. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** API Gateway's own answers, which a function cannot change. */
export const ownAnswer = (status: number, message: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message })),
});

/** The HTTP API's answer for a function's result, which is JSON text. A result without a `statusCode` becomes 200 with JSON. */
export function answerOf(payload: string): HttpAnswer {
  const result: unknown = JSON.parse(payload);
  if (!isObject(result) || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const status = Number(result['statusCode']);
  if (!Number.isInteger(status) || status < 100 || status > 599)
    return ownAnswer(500, 'Internal Server Error');
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(isObject(result['headers']) ? result['headers'] : {})) {
    headers[name.toLowerCase()] = String(value);
  }
  const cookies = Array.isArray(result['cookies']) ? result['cookies'].map(String) : [];
  if (cookies.length > 0) headers['set-cookie'] = [...cookies, ...[headers['set-cookie'] ?? []].flat()];
  headers['content-type'] ??= 'text/plain; charset=utf-8';
  const body = result['body'];
  const text =
    body === undefined || body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, body: Buffer.from(text, result['isBase64Encoded'] === true ? 'base64' : 'utf8') };
}
