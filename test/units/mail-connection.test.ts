import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendEmailCommand } from '@aws-sdk/client-ses';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ses } from '#shared/aws/ses.ts';

const answer =
  '<SendEmailResponse><SendEmailResult><MessageId>one</MessageId></SendEmailResult></SendEmailResponse>';

beforeEach(() => {
  for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'here');
});
afterEach(() => vi.unstubAllEnvs());

test('C61: each mail goes to SES over a connection of its own, as a kept one may have died while the function was frozen', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(answer);
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_SES', `http://127.0.0.1:${port}`);
  const mail = new SendEmailCommand({
    Source: 'a@example.com',
    Destination: { ToAddresses: ['b@example.com'] },
    Message: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } },
  });
  await ses.send(mail);
  await ses.send(mail);
  expect(connections).toBe(2);
  server.close();
});
