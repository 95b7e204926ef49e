import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  type KMSClient,
  ReEncryptCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { createKms } from '#local/kms/kms.ts';
import { arn, bytes, connect, context, encrypted, keys } from './kms-client.ts';

describe('encryption', () => {
  test('decrypts under the same context, in any order, with and without the key named', async () => {
    const client = await connect();
    const CiphertextBlob = await encrypted(client);
    const EncryptionContext = { service: 'openai', userId: 'u1' };
    for (const named of [{}, { KeyId: arn('vault') }, { KeyId: 'vault' }]) {
      const answer = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...named }));
      expect(Buffer.from(answer.Plaintext ?? []).toString()).toBe('sk-secret');
      expect(answer.KeyId).toBe(arn('vault'));
    }
  });

  test.each([
    ['another value', { userId: 'u2', service: 'openai' }],
    ['a missing name', { userId: 'u1' }],
    ['one name more', { ...context, more: '' }],
    ['values swapped', { userId: 'openai', service: 'u1' }],
    ['none', undefined],
  ])('refuses another context: %s', async (_, EncryptionContext) => {
    const client = await connect();
    const CiphertextBlob = await encrypted(client);
    const command = new DecryptCommand({ CiphertextBlob, ...(EncryptionContext && { EncryptionContext }) });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  test('refuses a ciphertext with any one bit changed, cut short or made up', () => {
    const kms = createKms({ keys });
    const { body } = kms.handle('TrentService.Encrypt', {
      KeyId: 'vault',
      Plaintext: bytes('sk').toString('base64'),
    });
    if (!('CiphertextBlob' in body)) throw new Error('not encrypted');
    const blob = Buffer.from(String(body.CiphertextBlob), 'base64');
    const decrypt = (bad: Buffer) =>
      kms.handle('TrentService.Decrypt', { CiphertextBlob: bad.toString('base64') });
    const refusal = { status: 400, body: { __type: 'InvalidCiphertextException' } };

    expect(decrypt(blob).status).toBe(200);
    for (let at = 0; at < blob.length; at++) {
      const tampered = Buffer.from(blob);
      tampered[at] = (tampered[at] ?? 0) ^ 1;
      expect(decrypt(tampered), `byte ${at}`).toMatchObject(refusal);
      if (at > 0) expect(decrypt(blob.subarray(0, at)), `length ${at}`).toMatchObject(refusal);
    }
    expect(decrypt(bytes('nonsense'))).toMatchObject(refusal);
  });

  test('never makes the same ciphertext twice', async () => {
    const client = await connect();
    expect(await encrypted(client)).not.toEqual(await encrypted(client));
  });

  test('refuses to decrypt by a key other than the one that encrypted', async () => {
    const client = await connect();
    const command = new DecryptCommand({
      CiphertextBlob: await encrypted(client),
      EncryptionContext: context,
      KeyId: arn('other'),
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'IncorrectKeyException' });
  });

  test('re-encrypts under another key and context', async () => {
    const client = await connect();
    const moved = await client.send(
      new ReEncryptCommand({
        CiphertextBlob: await encrypted(client),
        SourceEncryptionContext: context,
        DestinationKeyId: arn('other'),
        DestinationEncryptionContext: { userId: 'u9' },
      }),
    );
    expect(moved).toMatchObject({ KeyId: arn('other'), SourceKeyId: arn('vault') });
    const answer = await client.send(
      new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { userId: 'u9' } }),
    );
    expect(Buffer.from(answer.Plaintext ?? []).toString()).toBe('sk-secret');
  });

  test('generates data keys that decrypt to themselves', async () => {
    const client = await connect();
    const made = await client.send(new GenerateDataKeyCommand({ KeyId: arn('vault'), KeySpec: 'AES_256' }));
    expect(made.Plaintext).toHaveLength(32);
    const answer = await client.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(answer.Plaintext).toEqual(made.Plaintext);
    await expect(client.send(new GenerateDataKeyCommand({ KeyId: arn('vault') }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('mac', () => {
  const mac = async (client: KMSClient, KeyId: string, message: string) => {
    const command = new GenerateMacCommand({ KeyId, Message: bytes(message), MacAlgorithm: 'HMAC_SHA_256' });
    return (await client.send(command)).Mac ?? new Uint8Array();
  };

  test('is the same for the same key and message only', async () => {
    const client = await connect();
    const first = await mac(client, arn('tokens'), 'invite|1');
    expect(first).toHaveLength(32);
    expect(await mac(client, 'tokens', 'invite|1')).toEqual(first);
    expect(await mac(client, arn('tokens'), 'invite|2')).not.toEqual(first);
    expect(await mac(client, arn('pepper'), 'invite|1')).not.toEqual(first);
  });

  test('verifies a right one and refuses a wrong one', async () => {
    const client = await connect();
    const Mac = await mac(client, arn('tokens'), 'invite|1');
    const verify = (message: string, given: Uint8Array) =>
      client.send(
        new VerifyMacCommand({
          KeyId: arn('tokens'),
          Message: bytes(message),
          Mac: given,
          MacAlgorithm: 'HMAC_SHA_256',
        }),
      );
    expect(await verify('invite|1', Mac)).toMatchObject({ MacValid: true });
    await expect(verify('invite|2', Mac)).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
    await expect(verify('invite|1', Mac.slice(1))).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
  });

  test('takes 1 to 4,096 bytes', async () => {
    const client = await connect();
    expect(await mac(client, arn('tokens'), 'x'.repeat(4096))).toHaveLength(32);
    for (const message of ['', 'x'.repeat(4097)]) {
      await expect(mac(client, arn('tokens'), message)).rejects.toMatchObject({
        name: 'ValidationException',
      });
    }
  });
});
