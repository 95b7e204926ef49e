import { gzipSync } from 'node:zlib';
import { prove, type TestDevice } from '../../harness/people/devices.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import type { Change } from './changes.ts';

/** The credentials that a caller sends. */
export interface Credentials {
  token?: string;
  cookies?: Readonly<Record<string, string>>;
  /** The request carries a proof of this device. */
  device?: TestDevice;
}

/** A request before changes and encoding. */
export interface Draft extends Credentials {
  method: string;
  /** With placeholders such as `{id}`. */
  path: string;
  parameters?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  json?: Readonly<Record<string, unknown>>;
  form?: Readonly<Record<string, string>>;
}

/** The encoded request. */
export interface Wire {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/** Escapes a text for a path or a query. A broken escape stays as it is. */
const escaped = (text: string): string =>
  /^%[\w%]*$/.test(text) ? text : encodeURIComponent(text.toWellFormed());

/** The text without characters that HTTP refuses in a header. */
const inHeader = (text: string): string => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').trim();

/** JSON with numbers that JSON.stringify would not write, and with repeated names. */
function jsonText(fields: object, twice: readonly [string, unknown][]): string {
  const text = JSON.stringify(fields).replaceAll(/"@raw:([^"]*)@"/g, '$1');
  const more = twice.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'},`);
  return more.length > 0 && text !== '{}' ? `{${more.join('')}${text.slice(1)}` : text;
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Encodes a request, with the changes applied. */
export async function writeDown(stack: Stack, draft: Draft, changes: readonly Change[]): Promise<Wire> {
  const parameters = { ...draft.parameters };
  const query: [string, string][] = Object.entries(draft.query ?? {});
  const cookies: [string, string][] = Object.entries(draft.cookies ?? {});
  // Without a prototype, so that a field of any name can be set.
  const fields = Object.assign(Object.create(null) as Record<string, unknown>, draft.json ?? draft.form);
  const twice: [string, unknown][] = [];
  for (const change of changes) {
    if (change.kind === 'parameter') parameters[change.name] = change.value;
    if (change.kind === 'query') query.push([change.name, change.value]);
    if (change.kind === 'cookie') cookies.push([change.name, change.value]);
    if (change.kind === 'field') fields[change.name] = change.value;
    if (change.kind === 'drop') delete fields[change.name];
    if (change.kind === 'twice') twice.push([change.name, change.value]);
  }
  const rest = query.map((pair) => pair.map(escaped).join('=')).join('&');
  const pathname = draft.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => escaped(parameters[name] ?? ''));
  const method = draft.method;
  const proof =
    draft.device && (await prove(stack, draft.device, { method, path: pathname, beside: draft.token ?? '' }));
  const headers: Record<string, string> = {
    ...(draft.token !== undefined && { authorization: `Bearer ${draft.token}` }),
    ...((draft.form || cookies.length > 0) && { origin: stack.app }),
    ...(proof && { dpop: proof }),
    ...draft.headers,
    ...(cookies.length > 0 && { cookie: inHeader(cookies.map((pair) => pair.join('=')).join('; ')) }),
  };
  const text = draft.json
    ? jsonText(fields, twice)
    : draft.form &&
      new URLSearchParams(
        [...Object.entries(fields), ...twice].map(([name, value]) => [name, asText(value).toWellFormed()]),
      ).toString();
  if (draft.json) headers['content-type'] = 'application/json';
  if (draft.form) headers['content-type'] = 'application/x-www-form-urlencoded';
  const wire = {
    method,
    path: rest ? `${pathname}?${rest}` : pathname,
    headers,
    body: text === undefined ? undefined : Buffer.from(text),
  };
  for (const change of changes) alter(wire, change);
  return wire;
}

function alter(wire: Wire, change: Change): void {
  const { body = Buffer.alloc(0), headers } = wire;
  if (change.kind === 'method') wire.method = change.value;
  if (change.kind === 'header') headers[change.name] = inHeader(change.value).slice(0, 4_000);
  if (change.kind === 'body') wire.body = Buffer.from(change.text);
  if (change.kind === 'bytes') {
    const at = Math.min(change.at, body.length);
    wire.body = Buffer.concat([
      body.subarray(0, at),
      Buffer.from(change.inserted),
      body.subarray(at + change.removed),
    ]);
  }
  if (change.kind === 'gzip') {
    wire.body = gzipSync(body);
    if (change.isDeclared) headers['content-encoding'] = 'gzip';
  }
}
