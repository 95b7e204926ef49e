import { SendEmailCommand, SESClient, type SendEmailCommandInput } from '@aws-sdk/client-ses';
import { createSes, type Ses, type SesOptions } from '#local/ses/ses.ts';
import { clientConfig, serve } from '../serve.ts';

export const from = 'Latchkey <no-reply@latchkey.test>';
const noon = Date.UTC(2026, 10, 20, 12);

export const newSes = (options: Partial<SesOptions> = {}): Ses =>
  createSes({ verified: (address) => address.endsWith('@latchkey.test'), now: () => noon, ...options });

/** A client of `ses`, which is served until the test ends. */
export async function connect(ses: Ses): Promise<SESClient> {
  const endpoint = await serve((body, _, response) => {
    const answer = ses.handle(body);
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body);
  });
  return new SESClient(clientConfig(endpoint));
}

export const mail = (to: string | string[], change: Partial<SendEmailCommandInput> = {}) =>
  new SendEmailCommand({
    Source: from,
    Destination: { ToAddresses: [to].flat() },
    Message: {
      Subject: { Data: '招待 & <welcome>', Charset: 'UTF-8' },
      Body: { Text: { Data: 'a + b\r\nhttps://latchkey.test/invite/x-_1。' }, Html: { Data: '<p>Hi</p>' } },
    },
    ...change,
  });

export const titled = (subject: string) => ({ Subject: { Data: subject }, Body: { Text: { Data: 'text' } } });
