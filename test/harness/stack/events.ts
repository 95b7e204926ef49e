import { readFileSync } from 'node:fs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered, type Sent } from '../http/http.ts';

export const readEvent = (id: string): APIGatewayProxyEventV2 =>
  JSON.parse(
    readFileSync(new URL(`../../../events/${id}.json`, import.meta.url), 'utf8'),
  ) as APIGatewayProxyEventV2;

interface Changes extends Sent {
  /** Replaces the event's own path. */
  path?: string;
  /** Fields of the JSON body that must be real, such as a token of this stack. */
  body?: object;
}

/** The sample's JSON or form, with `changes`. Forms of OAuth endpoints come from apps' pages, and so without our `Origin`. */
const bodyOf = (sample: string, changes: object = {}): Sent =>
  sample.startsWith('{')
    ? { json: { ...(JSON.parse(sample) as object), ...changes } }
    : {
        raw: String(
          new URLSearchParams({
            ...Object.fromEntries(new URLSearchParams(sample)),
            ...(changes as Record<string, string>),
          }),
        ),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      };

/** Sends the sample event of an operation over HTTP, with the values that only this stack can supply. */
export function sendEvent<Body>(
  stack: Stack,
  id: string,
  { path, body, ...sent }: Changes = {},
): Promise<Answered<Body>> {
  const { requestContext, rawPath, rawQueryString, headers, body: sample } = readEvent(id);
  const { accept, 'accept-language': language } = headers;
  const query = rawQueryString ? `?${rawQueryString}` : '';
  const content = sample === undefined ? {} : bodyOf(sample, body);
  return send<Body>(stack, requestContext.http.method, path ?? `${rawPath}${query}`, {
    ...sent,
    ...content,
    headers: {
      ...(accept && { accept }),
      ...(language && { 'accept-language': language }),
      ...content.headers,
      ...sent.headers,
    },
  });
}
