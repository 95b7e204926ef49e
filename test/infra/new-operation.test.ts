import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack } from '#local/stack/stack.ts';
import { type Stack } from '#local/stack/running-stack.ts';
import { send } from '../harness/http/http.ts';
import { copyRepository } from './copy.ts';
import { read, root } from '../rules/files.ts';

/** The guide's own example: all that a developer writes to add an operation, without its event and its test. */
const source = /```ts\n(import \* as z.*?)```/s.exec(read('CONTRIBUTING.md'))![1]!;

let copy: string;
let remove: () => void;
let stack: Stack | undefined;

beforeAll(async () => {
  ({ directory: copy, remove } = copyRepository());
  // A developer who follows the guide already has this very file.
  rmSync(join(copy, 'functions/greeting'), { recursive: true, force: true });
  mkdirSync(join(copy, 'functions/greeting'));
  writeFileSync(join(copy, 'functions/greeting/read.ts'), source);
  const context = JSON.stringify({ 'latchkey:local': 'true' });
  const env = { ...process.env, CDK_OUTDIR: join(copy, 'cdk.out'), CDK_CONTEXT_JSON: context };
  execFileSync(process.execPath, ['infra/app.ts'], { cwd: copy, env, stdio: 'pipe' });
  stack = await startStack({ assembly: join(copy, 'cdk.out') });
});

afterAll(async () => {
  await stack?.stop();
  remove();
});

test('a new file is a route of the API, and answers the errors that it declares', async () => {
  const { status, json } = await send(stack!, 'GET', '/v1/greetings/nobody', {});
  expect({ status, json }).toMatchObject({ status: 404, json: { code: 'not_found' } });
});

test('a new file answers what it declares', async () => {
  const { url } = (await stack!.invoke('admin-bootstrap')) as { url: string };
  const id = url.slice(url.lastIndexOf('/') + 1).split('.')[0];
  const { status, json } = await send(stack!, 'GET', `/v1/greetings/${id}`);
  expect({ status, json }).toEqual({ status: 200, json: { greeting: 'Hello, guest of nobody' } });
});

test('the guide’s example compiles as it stands', async () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const config = { extends: './tsconfig.json', include: ['functions/greeting/*.ts', 'web/*.d.ts'] };
  writeFileSync(join(copy, 'tsconfig.greeting.json'), JSON.stringify(config));
  // Asynchronously: a blocked process could not see the stack's idle connections end.
  await promisify(execFile)(process.execPath, [tsc, '-p', 'tsconfig.greeting.json'], { cwd: copy });
});

test('a new file is in the document that is served', async () => {
  const { json } = await send<{ paths: Record<string, { get: { operationId: string } }> }>(
    stack!,
    'GET',
    '/openapi.json',
  );
  expect(json.paths['/v1/greetings/{id}']?.get.operationId).toBe('greeting-read');
});

test('a new file is a function in the template, with a role that can do what it uses', () => {
  const template = JSON.parse(readFileSync(join(copy, 'cdk.out/latchkey-service.template.json'), 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const ours = Object.entries(template.Resources).filter(([name]) => name.startsWith('GreetingRead'));
  const kinds = ours.map(([, { Type }]) => Type).toSorted();
  expect(kinds).toEqual(
    expect.arrayContaining(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup']),
  );
  const role = JSON.stringify(
    ours.find(([, { Type }]) => Type === 'AWS::IAM::Role')?.[1].Properties['Policies'],
  );
  expect([...role.matchAll(/"((?:dynamodb|kms|ses):\w+)"/g)].map(([, action]) => action)).toEqual([
    'dynamodb:GetItem',
    // For the rate limit's counter.
    'dynamodb:UpdateItem',
  ]);
});
