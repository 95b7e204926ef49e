import { expect, test } from 'vitest';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();

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
  expect(ids.filter((id) => !known.has(id) && !known.has(id.replace(/-form(-\w+)?$/, '')))).toEqual([]);
});
