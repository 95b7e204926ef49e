import { expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { useStack } from '../harness/stack/stack.ts';
import { enterWindow } from '../harness/stack/time.ts';

const stack = useStack();
const limited = useStack('limited');

interface Described {
  operationId?: string;
  summary?: string;
  responses: Record<string, unknown>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
}

test('200 R3.5: the document holds every operation that has an address', async () => {
  const { status, headers, json } = await sendEvent<Document>(stack(), 'openapi-read');
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'application/json' });
  expect(json.openapi).toMatch(/^3\.1\./);
  for (const { id, declaration } of findOperations().filter(isOperation)) {
    if (id === 'not-found') continue;
    const described = json.paths[declaration.path]?.[declaration.method.toLowerCase()];
    expect(described?.operationId, id).toBe(id);
    expect(described?.summary, id).toBe(declaration.summary);
    expect(Object.keys(described!.responses).length, id).toBeGreaterThan(0);
    for (const form of declaration.forms ?? []) expect(json.paths[form.path], id).toHaveProperty('post');
  }
});

test('200: the document describes nothing that is not deployed', async () => {
  const { json } = await sendEvent<Document>(stack(), 'openapi-read');
  const ids = Object.values(json.paths).flatMap((path) =>
    Object.values(path).flatMap(({ operationId }) => operationId ?? []),
  );
  expect(new Set(ids).size).toBe(ids.length);
  const known = new Set(stack().functions);
  // One function serves its forms, its second method and its second address.
  const functionOf = (id: string) => id.replace(/-(form(-\w+)?|post|also)$/, '');
  expect(ids.filter((id) => !known.has(id) && !known.has(functionOf(id)))).toEqual([]);
});

test('200 429 C104: the document, which is large, is kept by who has it, and has a rate', async () => {
  const { headers } = await send(limited(), 'GET', '/openapi.json');
  expect(headers['cache-control']).toBe('public, max-age=300');
  enterWindow(limited());
  const answers = [];
  for (let turn = 0; turn < 61; turn += 1)
    answers.push((await send(limited(), 'GET', '/openapi.json')).status);
  expect(answers.filter((status) => status === 200)).toHaveLength(60);
  expect(answers.at(-1)).toBe(429);
});
