import type { Entry } from '#infra/entry.ts';
import { cookie } from '#shared/http/cookies.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { fieldNames } from './bodies.ts';
import { readEvent } from './events.ts';
import type { Sent } from '../http/http.ts';

/** The Base64 forms of bytes inside a longer text, at each of the three possible offsets. */
const base64Within = (bytes: Buffer): string[] =>
  [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const whole = Math.floor((offset + bytes.length) / 3) * 4;
    return text.slice(offset === 0 ? 0 : 4, whole);
  });

/** The spellings in which a log, an answer or a table could contain a secret. */
export function spellings(secret: string): string[] {
  const bytes = [Buffer.from(secret, 'utf8'), Buffer.from(secret, 'utf16le')];
  const encoded = bytes.flatMap((one) => [...base64Within(one), one.toString('hex')]);
  const urlSafe = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const standard = secret.replaceAll('-', '+').replaceAll('_', '/');
  const decoded = Buffer.from(secret, 'base64url').toString('hex');
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [
    ...new Set([secret, encodeURIComponent(secret), escaped, standard, decoded, ...encoded, ...urlSafe]),
  ];
}

const known = new Map<string, string[]>();

/** The names of the secrets that a text contains. */
export const leaks = (text: string, secrets: Readonly<Record<string, string>>): string[] =>
  Object.entries(secrets).flatMap(([name, secret]) => {
    const list = known.get(secret) ?? spellings(secret);
    known.set(secret, list);
    return list.some((spelling) => text.includes(spelling)) ? [name] : [];
  });

/** Fields in which people keep words of their own, which they see again. */
const keptWords = new Set(['note', 'firstName', 'lastName']);
const json = { 'content-type': 'application/json' };
const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
const headerNames = [
  'origin',
  'referer',
  'accept',
  'accept-language',
  'content-type',
  'if-none-match',
  'x-any',
];

export type Misplaced = [method: string, path: string, sent: Sent];

/** Requests to an operation that carry a secret in every place where it does not belong. */
export function misplaced({ id, declaration }: Entry<Operation>, secret: string, callers: readonly Sent[]) {
  const { method, body, query, forms = [] } = declaration;
  const { rawPath, body: text = '{}' } = readEvent(id);
  const template = declaration.path.includes('$default') ? rawPath : declaration.path;
  const path = template.replaceAll(/\{[^}]+\}/g, encodeURIComponent(secret));
  const isForm = !text.startsWith('{');
  const sample = isForm ? {} : (JSON.parse(text) as object);
  const filledIn = isForm ? Object.fromEntries(new URLSearchParams(text)) : {};
  const fields = ['extra', ...fieldNames(body)].filter((name) => !keptWords.has(name));
  const parameters = ['x', 'token', 'next', ...fieldNames(query)];

  const anywhere: Misplaced[] = callers.flatMap((caller) => [
    [method, path, { ...caller, json: sample }],
    [method, `${path}/${encodeURIComponent(secret)}`, caller],
    [method, path, { ...caller, raw: secret }],
    [method, path, { ...caller, raw: `{"${secret}`, headers: json }],
    ...Object.keys(filledIn).map((name): Misplaced => [
      method,
      path,
      { ...caller, raw: String(new URLSearchParams({ ...filledIn, [name]: secret })), headers: urlencoded },
    ]),
    ...parameters.map((name): Misplaced => [method, `${path}?${name}=${encodeURIComponent(secret)}`, caller]),
    ...fields.flatMap((name) =>
      [secret, [secret], { [name]: secret }].map((value): Misplaced => [
        method,
        path,
        { ...caller, json: { ...sample, [name]: value } },
      ]),
    ),
  ]);
  const credentials = [`Basic ${secret}`, `Bearer ${secret}`, secret, `Bearer ${secret} ${secret}`];
  const headers = [
    ...credentials.map((authorization) => ({ authorization })),
    ...headerNames.map((name) => ({ [name]: secret })),
  ];
  const jars = [...Object.values(cookie), 'other'].map((name) => ({ [name]: secret }));
  return [
    ...anywhere,
    ...headers.map((one): Misplaced => [method, path, { headers: one }]),
    ...jars.map((cookies): Misplaced => [method, path, { cookies }]),
    ...forms.flatMap((form) =>
      jars.map((cookies): Misplaced => [
        'POST',
        form.path,
        { cookies, form: { password: secret, x: secret } },
      ]),
    ),
  ];
}
