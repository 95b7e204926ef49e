import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { createKms, type Kms } from '#local/kms/kms.ts';
import { clientConfig, serve } from '../serve.ts';

export const arn = (id: string) => `arn:aws:kms:eu-west-1:000000000000:key/${id}`;
export const keys = {
  [arn('tokens')]: 'HMAC_256',
  [arn('pepper')]: 'HMAC_256',
  [arn('vault')]: 'SYMMETRIC_DEFAULT',
  [arn('other')]: 'SYMMETRIC_DEFAULT',
} as const;

export const bytes = (text: string) => Buffer.from(text);
export const context = { userId: 'u1', service: 'openai' };

/** A client of `kms`, which is served until the test ends. */
export async function connect(kms: Kms = createKms({ keys })): Promise<KMSClient> {
  const endpoint = await serve((body, target, response) => {
    const answer = kms.handle(target, JSON.parse(body));
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  });
  return new KMSClient(clientConfig(endpoint));
}

export const encrypted = async (client: KMSClient, plaintext = 'sk-secret'): Promise<Uint8Array> => {
  const command = new EncryptCommand({
    KeyId: arn('vault'),
    Plaintext: bytes(plaintext),
    EncryptionContext: context,
  });
  return (await client.send(command)).CiphertextBlob ?? new Uint8Array();
};
