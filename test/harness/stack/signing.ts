import { DecryptCommand } from '@aws-sdk/client-kms';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { importJWK, SignJWT, type JWK, type JWTHeaderParameters, type JWTPayload } from 'jose';
import type { Stack } from '#local/stack/running-stack.ts';
import type { Signer } from '#shared/sessions/signer.ts';
import { insiderOf } from './insider.ts';

type Row = Signer & { wrapped: Uint8Array };

/** The signing keys of a stack, oldest first. */
export async function signersOf(stack: Stack): Promise<Row[]> {
  const { config, documents } = insiderOf(stack);
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: config.table('signers'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'signer' },
    }),
  );
  return Items as Row[];
}

/** Signs claims that Latchkey would not sign, with a key of the stack, to which no client has access. */
export async function signWith(
  stack: Stack,
  { id, alg, wrapped }: Row,
  claims: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  const { config, kms } = insiderOf(stack);
  const { Plaintext } = await kms.send(
    new DecryptCommand({
      KeyId: config.key('secrets'),
      CiphertextBlob: wrapped,
      EncryptionContext: { purpose: 'access tokens', key: id },
    }),
  );
  const jwk = JSON.parse(Buffer.from(Plaintext!).toString()) as JWK;
  return new SignJWT(claims)
    .setProtectedHeader({ alg, typ: 'at+jwt', kid: id, ...header })
    .sign(await importJWK(jwk, header.alg ?? alg));
}

/** Makes a key's row look as rows did before they stated the algorithm. */
export async function forgetAlg(stack: Stack, { number }: Row): Promise<void> {
  const { config, documents } = insiderOf(stack);
  await documents.send(
    new UpdateCommand({
      TableName: config.table('signers'),
      Key: { pk: 'signer', number },
      UpdateExpression: 'REMOVE alg',
    }),
  );
}
