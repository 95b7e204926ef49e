import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import { startFixture } from './fixture.ts';
import { http } from './http.ts';

let stack: Stack;
beforeAll(async () => void (stack = await startFixture()));
afterAll(() => stack.stop());

type Options = Parameters<typeof http>[1];
const call = (path: string, options?: Options) => http(`${stack.app}${path}`, options);
const eventOf = async (path: string, options?: Options) =>
  JSON.parse((await call(path, options)).text) as APIGatewayProxyEventV2;

describe('the event', () => {
  test('has payload format 2.0', async () => {
    const port = new URL(stack.app).port;
    stack.clock.standAt(Date.UTC(2030, 2, 12, 19, 3, 58));
    const event = await eventOf('/v1/things/a%20b?x=1&y=%C3%A4&x=2&empty', {
      headers: {
        'X-Twice': ['1', '2'],
        Cookie: 'a=1; b=2',
        'User-Agent': 'test',
        'X-Forwarded-For': '1.2.3.4',
      },
    });
    stack.clock.offsetSeconds = 0;
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'GET /v1/things/{id}',
      rawPath: '/v1/things/a b',
      rawQueryString: 'x=1&y=%C3%A4&x=2&empty',
      cookies: ['a=1', 'b=2'],
      headers: {
        host: `localhost:${port}`,
        'user-agent': 'test',
        'x-twice': '1,2',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'x-forwarded-for': expect.stringMatching(/^1\.2\.3\.4, (127\.0\.0\.1|::1)$/),
        'x-forwarded-port': port,
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { x: '1,2', y: 'ä', empty: '' },
      pathParameters: { id: 'a b' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: 'localhost',
        domainPrefix: 'localhost',
        http: {
          method: 'GET',
          path: '/v1/things/a b',
          protocol: 'HTTP/1.1',
          sourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
          userAgent: 'test',
        },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: 'GET /v1/things/{id}',
        stage: '$default',
        time: '12/Mar/2030:19:03:58 +0000',
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
  });

  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/plain', false],
    ['application/xml', false],
    ['application/x-www-form-urlencoded', true],
    ['application/problem+json', true],
    ['application/json-patch', true],
    ['application/octet-stream', true],
    [undefined, true],
  ])('has a body of type %s in base64: %s', async (type, isBase64Encoded) => {
    const event = await eventOf('/v1/things', {
      method: 'POST',
      headers: type === undefined ? {} : { 'Content-Type': type },
      body: 'ä=1',
    });
    const body = isBase64Encoded ? Buffer.from('ä=1').toString('base64') : 'ä=1';
    expect(event).toMatchObject({ body, isBase64Encoded });
  });

  test('names the client by the address of its socket', async () => {
    const addresses = ['127.0.0.7', '127.0.0.8'].map(async (localAddress) => {
      const url = `http://127.0.0.1:${new URL(stack.app).port}/v1/things`;
      const { text } = await http(url, { localAddress, headers: { 'X-Forwarded-For': '9.9.9.9' } });
      return (JSON.parse(text) as APIGatewayProxyEventV2).requestContext.http.sourceIp;
    });
    expect(await Promise.all(addresses)).toEqual(['127.0.0.7', '127.0.0.8']);
  });

  test('comes by IPv6 as well', async () => {
    const { text } = await http(`http://[::1]:${new URL(stack.app).port}/v1/things`);
    expect((JSON.parse(text) as APIGatewayProxyEventV2).requestContext.http.sourceIp).toBe('::1');
  });
});

describe('a route', () => {
  test.each([
    ['GET', '/', 'GET /'],
    ['GET', '/?x=1', 'GET /'],
    ['GET', '/v1/things', 'GET /v1/things'],
    ['POST', '/v1/things', 'POST /v1/things'],
    ['GET', '/v1/things/mine', 'GET /v1/things/mine'],
    ['GET', '/v1/things/yours', 'GET /v1/things/{id}'],
    ['GET', '/v1/things/a%2Fb', 'GET /v1/things/{id}'],
    ['DELETE', '/v1/any', 'ANY /v1/any'],
    ['GET', '/assets/a/b.css', 'GET /assets/{file+}'],
    ['GET', '/assets/', '$default'],
    ['GET', '/v1/things/', '$default'],
    ['GET', '/v1/things/a/b', '$default'],
    ['DELETE', '/v1/things', '$default'],
    ['OPTIONS', '/v1/things', '$default'],
    ['GET', '/%', '$default'],
  ])('for %s %s is %s', async (method, path, routeKey) => {
    expect(await eventOf(path, { method })).toMatchObject({ routeKey, requestContext: { routeKey } });
  });

  test('has its parameters decoded', async () => {
    expect(await eventOf('/v1/things/a%2Fb')).toMatchObject({ pathParameters: { id: 'a/b' } });
    expect(await eventOf('/assets/a/b%20c')).toMatchObject({ pathParameters: { file: 'a/b c' } });
  });

  test.each([
    ['/', 'HEAD /'],
    ['/v1/things', '$default'],
  ])('for HEAD %s is %s; the answer has no body', async (path, route) => {
    const { status, headers, text } = await call(path, { method: 'HEAD' });
    expect({ status, text, route: headers['x-route'] }).toEqual({ status: 200, text: '', route });
    expect(Number(headers['content-length'])).toBeGreaterThan(100);
  });
});

describe("a function that the API's role may not start", () => {
  test.each([
    ['/forbidden', 'its policy does not name it'],
    ['/untrusted', 'API Gateway may not take the role'],
  ])('answers 500 at %s: %s', async (path) => {
    const { status, text } = await call(path);
    expect({ status, text }).toEqual({ status: 500, text: '{"message":"Internal Server Error"}' });
    expect(stack.logs().map(({ text }) => text)).toContain("The API's role may not start this function.\n");
  });
});
