import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach } from 'vitest';

interface FakeStack {
  template?: object;
  outputs?: Readonly<Record<string, string | { value: string; description: string }>>;
  isProtected?: boolean;
  /** Whether CloudFormation cannot delete it. */
  isStuck?: boolean;
  /** The stack's status in CloudFormation's words. */
  status?: string;
}

/** The contents of a test's account. It answers in AWS's own formats and protocols: Query with XML, REST and JSON. */
export interface FakeAccount {
  stacks: Record<string, FakeStack>;
  /** JSON answers by operation (`GET /v2/email/account`, `ListServiceQuotas`). An Error is answered as AWS's error of that name. */
  json: Record<string, object | Error>;
  /** Refused calls: the error's code by action, or by action and region (`DescribeStacks us-east-1`). */
  refused: Record<string, string>;
  /** Further answers of the Query protocol: the contents of the result element. */
  xml: Record<string, string>;
  /** Answers the invocation of a function with this event. */
  invoke?: (event: unknown) => object;
  /** How far AWS's clock is ahead, in seconds. */
  aheadSeconds: number;
}

/** A text of a template or an output as CloudFormation shows it: question marks in place of letters beyond ASCII. */
const shown = (value: string) => value.replaceAll(/[\u{80}-\u{10ffff}]/gu, '?');

const escape = (value: string) =>
  shown(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const element = (name: string, value: string) => `<${name}>${value}</${name}>`;

const stackXml = (
  name: string,
  { outputs = {}, isProtected = false, isStuck = false, status = 'CREATE_COMPLETE' }: FakeStack,
) =>
  element(
    'member',
    element('StackName', name) +
      element('StackStatus', isStuck ? 'DELETE_FAILED' : status) +
      element('CreationTime', '2026-01-01T00:00:00Z') +
      element('EnableTerminationProtection', String(isProtected)) +
      element(
        'Outputs',
        Object.entries(outputs)
          .map(([key, output]) => {
            const { value, description } =
              typeof output === 'string' ? { value: output, description: '' } : output;
            return element(
              'member',
              element('OutputKey', key) +
                element('OutputValue', escape(value)) +
                element('Description', escape(description)),
            );
          })
          .join(''),
      ),
  );

interface Answer {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

const errorXml = (code: string, message: string): Answer => ({
  status: 400,
  type: 'text/xml',
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

function answerQuery(form: URLSearchParams, region: string, account: FakeAccount): Answer {
  const action = form.get('Action') ?? '';
  const code = account.refused[action] ?? account.refused[`${action} ${region}`];
  if (code) return errorXml(code, `not ${action}`);
  const name = form.get('StackName') ?? '';
  const stack = account.stacks[name];
  const result = (content: string): Answer => ({
    status: 200,
    type: 'text/xml',
    body: element(`${action}Response`, element(`${action}Result`, content)),
  });
  if (action === 'GetCallerIdentity')
    return result(element('Account', '123456789012') + element('Arn', 'arn:aws:iam::123456789012:user/ops'));
  if (action === 'DescribeStacks' || action === 'GetTemplate') {
    if (!stack) return errorXml('ValidationError', `Stack with id ${name} does not exist`);
    return action === 'DescribeStacks'
      ? result(element('Stacks', stackXml(name, stack)))
      : result(element('TemplateBody', escape(JSON.stringify(stack.template ?? { Resources: {} }))));
  }
  if (action === 'DeleteStack') {
    if (!stack?.isStuck) delete account.stacks[name];
    return result('');
  }
  const more = account.xml[action];
  return more === undefined ? errorXml('InvalidAction', action) : result(more);
}

function answerJson(operation: string, account: FakeAccount): Answer {
  const found =
    account.json[operation] ?? Object.assign(new Error('not here'), { name: 'NotFoundException' });
  if (!(found instanceof Error))
    return { status: 200, type: 'application/json', body: JSON.stringify(found) };
  return {
    status: 400,
    type: 'application/json',
    body: JSON.stringify({ message: found.message }),
    headers: { 'x-amzn-errortype': found.name },
  };
}

/** The region that a request's signature names. */
const regionOf = ({ headers }: IncomingMessage): string => headers.authorization?.split('/', 3)[2] ?? '';

async function answer(request: IncomingMessage, account: FakeAccount): Promise<Answer> {
  const body = await text(request);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded'))
    return answerQuery(new URLSearchParams(body), regionOf(request), account);
  const target = request.headers['x-amz-target'];
  const [path = ''] = (request.url ?? '').split('?', 1);
  const operation = target === undefined ? `${request.method} ${path}` : String(target).split('.').at(-1)!;
  if (path.endsWith('/invocations') && account.invoke)
    return { status: 200, type: 'application/json', body: JSON.stringify(account.invoke(JSON.parse(body))) };
  const code = account.refused[operation];
  return answerJson(
    operation,
    code
      ? { ...account, json: { [operation]: Object.assign(new Error('refused'), { name: code }) } }
      : account,
  );
}

/** An AWS account in this process that all clients of the test file talk to. Each test finds it empty. */
export function useAws(): FakeAccount {
  const empty = (): FakeAccount => ({ stacks: {}, json: {}, refused: {}, xml: {}, aheadSeconds: 0 });
  const account = empty();
  const server = createServer(async (request, response) => {
    const { status, type, body, headers } = await answer(request, account);
    const date = new Date(Date.now() + account.aheadSeconds * 1000).toUTCString();
    response.writeHead(status, { 'content-type': type, date, ...headers }).end(body);
  });
  server.keepAliveTimeout = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${port}`;
    process.env['AWS_MAX_ATTEMPTS'] = '1';
  });
  beforeEach(() => {
    Object.assign(account, empty());
    process.env['AWS_ACCESS_KEY_ID'] = 'operator';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'operator-secret';
  });
  afterAll(() => void server.close());
  return account;
}
