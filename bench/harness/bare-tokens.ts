import { generateKeyPair, jwtVerify, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

/** The content of a token, readable without its key. */
export interface BareToken {
  header: JWTHeaderParameters;
  claims: JWTPayload;
}

/** Tokens of one algorithm: some to be signed and some to be checked. */
export interface BareTokens {
  alg: string;
  signed: readonly BareToken[];
  checked: readonly BareToken[];
}

const sign = ({ header, claims }: BareToken, key: CryptoKey): Promise<string> =>
  new SignJWT(claims).setProtectedHeader(header).sign(key);

/** Signs and checks such tokens with the library, with its own key pair and nothing around it. */
export function bareTokenWork({ alg, signed, checked }: BareTokens): () => Promise<void> {
  const ready = generateKeyPair(alg).then(async (keys) => ({
    ...keys,
    shown: await Promise.all(checked.map((token) => sign(token, keys.privateKey))),
  }));
  return async () => {
    const { publicKey, privateKey, shown } = await ready;
    for (const token of signed) await sign(token, privateKey);
    for (const token of shown) await jwtVerify(token, publicKey, { algorithms: [alg] });
  };
}
