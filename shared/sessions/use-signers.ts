import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import { kms } from '../aws/kms.ts';
import { transact } from '../aws/transaction.ts';
import { toSeconds } from '../clock.ts';
import { capability, onSecrets, onTable, type BoundTo } from '../deployment/capability.ts';
import { nextTurn, signerAt, signerExpiry, signersRememberedMs, turnEnds, type Signer } from './signer.ts';
import { partition, querySigners, type StoredSigner } from './signers.ts';

/** A key that can sign. */
export interface OpenSigner extends Signer {
  privateKey: CryptoKey;
}

/** The encryption context that the ciphertext is bound to. */
const purpose = 'access tokens';
const contextOf = ({ id }: Pick<Signer, 'id'>) => ({ purpose, key: id });
const ofSigners: BoundTo = { equals: { purpose } };

/** Ensures that there is a key that signs now by the configured algorithm, and its successor in time. */
export const rotateSigners = capability(
  'signers',
  [onTable('signers', 'Query', 'PutItem'), onSecrets(ofSigners, 'Encrypt')],
  (config) => ({
    /** Makes the keys that are missing. @returns how many. */
    async rotate(now: number): Promise<number> {
      const alg = config.settings.tokenSigning;
      for (let made = 0; ; made += 1) {
        const signers = await querySigners(config);
        const due = nextTurn(signers, alg, now);
        if (!due) return made;
        const number = Math.max(0, ...signers.map((signer) => signer.number)) + 1;
        const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
        const publicJwk = await exportJWK(publicKey);
        const id = await calculateJwkThumbprint(publicJwk);
        const { CiphertextBlob: wrapped } = await kms.send(
          new EncryptCommand({
            KeyId: config.key('secrets'),
            Plaintext: Buffer.from(JSON.stringify(await exportJWK(privateKey))),
            EncryptionContext: contextOf({ id }),
          }),
        );
        const signer: StoredSigner = {
          number,
          id,
          alg,
          publicKey: publicJwk,
          signsFrom: due.from,
          signsUntil: due.until,
          wrapped: wrapped!,
        };
        // Of two keys that are made at once, one is kept. Both makers read it in the next round.
        await transact({
          signer: {
            Put: {
              TableName: config.table('signers'),
              Item: { ...partition, ...signer, ttl: toSeconds(signerExpiry(signer)) },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        });
      }
    },
  }),
);

/** Hands out the key that signs. A function with this permission can speak for any user to every backend. */
export const useSigners = capability(
  'signers',
  [...rotateSigners.grants, onSecrets(ofSigners, 'Decrypt')],
  (config) => {
    const alg = config.settings.tokenSigning;
    const { rotate } = rotateSigners.make(config);
    let open: (OpenSigner & { until: number }) | undefined;
    return {
      /**
       * The key whose turn it is. Decrypted once per Lambda instance and turn, and read again when it may have been deleted. If no key
       * signs by the configured algorithm, the first one is made here: a token may be requested before the schedule has run.
       */
      async present(now: number): Promise<OpenSigner> {
        if (open && open.signsFrom <= now && now < open.until) return open;
        let signers = await querySigners(config);
        if (signerAt(signers, alg, now)?.alg !== alg) {
          await rotate(now);
          signers = await querySigners(config);
        }
        const signer = signerAt(signers, alg, now)!;
        const until = Math.min(turnEnds(signer, signers, alg, now), now + signersRememberedMs);
        if (open?.id === signer.id) {
          open.until = until;
          return open;
        }
        const { Plaintext } = await kms.send(
          new DecryptCommand({
            KeyId: config.key('secrets'),
            CiphertextBlob: signer.wrapped,
            EncryptionContext: contextOf(signer),
          }),
        );
        const jwk = JSON.parse(Buffer.from(Plaintext!).toString()) as JWK;
        const privateKey = (await importJWK(jwk, signer.alg)) as CryptoKey;
        open = { ...signer, privateKey, until };
        return open;
      },
    };
  },
);
