import { describe, expect, test } from 'vitest';
import { useJobs } from './assembly.ts';

const handler = `async (event, context) => {
  if (event.fail) throw new TypeError('as told');
  return { event, arn: context.invokedFunctionArn };
}`;
const { stack } = useJobs({ 'test-echo': { trigger: 'invocation', handler } });

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:test-echo';

const invoke = (name: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${stack().lambda}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
    method: 'POST',
    headers,
    body,
  });

test.each(['test-echo', arn])('invokes %s and answers what the function does', async (name) => {
  const response = await invoke(name, '{"n":1}', { 'x-amz-invocation-type': 'RequestResponse' });
  expect(response.status).toBe(200);
  expect(response.headers.get('x-amz-function-error')).toBeNull();
  expect(response.headers.get('x-amz-executed-version')).toBe('$LATEST');
  expect(await response.json()).toEqual({ event: { n: 1 }, arn });
});

test('an event that is missing is an empty one', async () => {
  expect(await (await invoke('test-echo', '')).json()).toMatchObject({ event: {} });
});

test('a function that fails is named by a header; its error is the payload', async () => {
  const response = await invoke('test-echo', '{"fail":true}');
  expect(response.status).toBe(200);
  expect(response.headers.get('x-amz-function-error')).toBe('Unhandled');
  expect(await response.json()).toMatchObject({ errorType: 'TypeError', errorMessage: 'as told' });
});

describe('refuses', () => {
  test.each<[string, string, string, Record<string, string>, number, string]>([
    ['a function that is not there', 'nobody', '{}', {}, 404, 'ResourceNotFoundException'],
    ['a name that cannot be read', '%', '{}', {}, 404, 'ResourceNotFoundException'],
    ['what is no JSON', 'test-echo', '{', {}, 400, 'InvalidRequestContentException'],
    ['6 MB and more', 'test-echo', ' '.repeat(6_291_457), {}, 413, 'RequestTooLargeException'],
    [
      'not to wait',
      'test-echo',
      '{}',
      { 'x-amz-invocation-type': 'Event' },
      400,
      'InvalidParameterValueException',
    ],
  ])('%s', async (_, name, body, headers, status, type) => {
    const response = await invoke(name, body, headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('x-amzn-errortype')).toBe(type);
    expect(await response.json()).toEqual({ Type: 'User', Message: expect.any(String) });
  });

  test('everything but Invoke', async () => {
    expect((await fetch(`${stack().lambda}/2015-03-31/functions/`)).status).toBe(404);
  });
});

test('the control port tells where it is', async () => {
  const { app, inbox, lambda, provider } = stack();
  expect(await (await fetch(`${stack().control}/endpoints`)).json()).toEqual({
    app,
    inbox,
    lambda,
    provider: provider.url,
  });
});
