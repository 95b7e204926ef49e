import { decodeJwt, decodeProtectedHeader, type JWTHeaderParameters } from 'jose';
import type { BareToken, BareTokens } from '../harness/bare-tokens.ts';
import { eventOf } from '../harness/functions.ts';
import { bodyIn, codeEvent, codeIn, refreshEvent, type Portal, type Tokens } from './portal.ts';

/** One request that an app makes to the provider, repeatable as often as needed. */
export interface Step {
  what: string;
  id: string;
  /** @param answers of the previous lot, if there was one. */
  events(count: number, answers: readonly string[]): Promise<string[]>;
  /** The tokens that are signed and checked for one answer. @throws if the answer is not a success. */
  tokensOf(answer: string): BareTokens | undefined;
}

const read = (token: string): BareToken => ({
  header: decodeProtectedHeader(token) as JWTHeaderParameters,
  claims: decodeJwt(token),
});

const signedIn = (answer: string): BareTokens => {
  const { access_token: access, id_token: id } = bodyIn<Tokens>(answer);
  const signed = [access, id].map(read);
  return { alg: signed[0]!.header.alg, signed, checked: [] };
};

/** The steps of signing in to an app, staying signed in and asking for the person's claims. */
export function stepsOf(portal: Portal): Step[] {
  let shown = '';
  const repeated = (event: string) => (count: number) => Promise.resolve(Array<string>(count).fill(event));
  const again = (answers: readonly string[]) => answers.map((answer) => bodyIn<Tokens>(answer));
  return [
    {
      what: 'authorize',
      id: 'authorization-create',
      events: repeated(portal.authorizeEvent),
      tokensOf: (answer) => void codeIn(answer),
    },
    {
      what: 'token, for a code',
      id: 'oauth-token',
      events: async (count) => (await portal.codes(count)).map(codeEvent),
      tokensOf: signedIn,
    },
    {
      what: 'token, for a refresh token',
      id: 'oauth-token',
      events: async (count, answers) =>
        (answers.length === count ? again(answers) : await portal.tokens(count)).map((tokens) =>
          refreshEvent(tokens.refresh_token),
        ),
      tokensOf: signedIn,
    },
    {
      what: 'userinfo',
      id: 'userinfo-read',
      async events(count) {
        // A new token each time: on a busy machine the benchmark takes longer than a token is valid.
        ({ access_token: shown } = (await portal.tokens(1))[0]!);
        return await repeated(eventOf('userinfo-read', { token: shown }))(count);
      },
      tokensOf(answer) {
        bodyIn<object>(answer);
        const checked = read(shown);
        return { alg: checked.header.alg, signed: [], checked: [checked] };
      },
    },
  ];
}
