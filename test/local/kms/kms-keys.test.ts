import { readFileSync, statSync } from 'node:fs';
import {
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { createKms } from '#local/kms/kms.ts';
import { arn, bytes, connect, context, encrypted, keys } from './kms-client.ts';
import { newFile } from '../serve.ts';

describe('keys', () => {
  test('are refused for what they are not for, and when unknown', async () => {
    const client = await connect();
    const macBy = (KeyId: string) =>
      client.send(new GenerateMacCommand({ KeyId, Message: bytes('m'), MacAlgorithm: 'HMAC_SHA_256' }));
    await expect(macBy(arn('vault'))).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
    await expect(macBy(arn('nobody'))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: `Key '${arn('nobody')}' does not exist`,
    });
    const encrypt = new EncryptCommand({ KeyId: arn('tokens'), Plaintext: bytes('p') });
    await expect(client.send(encrypt)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });

  test('do nothing while disabled, and the same as before once enabled', async () => {
    const client = await connect();
    const CiphertextBlob = await encrypted(client);
    const decrypt = () =>
      client
        .send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }))
        .then((a) => a.Plaintext);

    await client.send(new DisableKeyCommand({ KeyId: arn('vault') }));
    await expect(decrypt()).rejects.toMatchObject({ name: 'DisabledException' });
    await expect(encrypted(client)).rejects.toMatchObject({ name: 'DisabledException' });
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: arn('vault') }));
    expect(KeyMetadata).toMatchObject({ Enabled: false, KeyState: 'Disabled', KeySpec: 'SYMMETRIC_DEFAULT' });
    expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);

    await client.send(new EnableKeyCommand({ KeyId: arn('vault') }));
    expect(Buffer.from((await decrypt()) ?? []).toString()).toBe('sk-secret');
  });

  test('survive a restart in their file, which only its owner may read', async () => {
    const file = newFile('keys.json');
    const before = await connect(createKms({ keys, file }));
    const CiphertextBlob = await encrypted(before);
    await before.send(new DisableKeyCommand({ KeyId: arn('tokens') }));

    const after = await connect(createKms({ keys, file }));
    const answer = await after.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    expect(Buffer.from(answer.Plaintext ?? []).toString()).toBe('sk-secret');
    const { KeyMetadata } = await after.send(new DescribeKeyCommand({ KeyId: 'tokens' }));
    expect(KeyMetadata?.Enabled).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('stay in the file while the template does not name them', () => {
    const file = newFile('keys.json');
    createKms({ keys, file });
    const before: unknown = JSON.parse(readFileSync(file, 'utf8'));
    createKms({ keys: {}, file });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(before);
  });

  test('of two stores have nothing in common', async () => {
    const CiphertextBlob = await encrypted(await connect());
    const other = await connect();
    const decrypt = new DecryptCommand({ CiphertextBlob, EncryptionContext: context });
    await expect(other.send(decrypt)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });
});

test.each([
  ['TrentService.CreateKey', {}, 'UnknownOperationException'],
  ['TrentService.GenerateMac', null, 'SerializationException'],
  ['TrentService.GenerateMac', {}, 'ValidationException'],
  ['TrentService.Encrypt', { KeyId: 'vault', Plaintext: 'not base64!' }, 'SerializationException'],
  [
    'TrentService.Encrypt',
    { KeyId: 'vault', Plaintext: 'YQ==', EncryptionContext: { a: 1 } },
    'SerializationException',
  ],
])('answers %s %j by %s', (target, body, type) => {
  expect(createKms({ keys }).handle(target, body)).toMatchObject({ status: 400, body: { __type: type } });
});
