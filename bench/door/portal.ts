import type { Stack } from '#local/stack/running-stack.ts';
import { eventOf, meteredFunction } from '../harness/functions.ts';
import type { Metered } from '../harness/metered.ts';
import type { Person } from '../harness/people.ts';

const redirectUri = 'https://portal.example.com/callback';

/** The app in the sample events. */
export const apps = { portal: { redirectUris: [redirectUri], refresh: true } };

/** The verifier for the challenge in the sample event (RFC 7636, appendix B). */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

/** The answer of the token endpoint. */
export interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token: string;
}

interface Answer {
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export const codeIn = (answer: string): string => {
  const { location = '' } = (JSON.parse(answer) as Answer).headers;
  const code = location.startsWith(redirectUri) && new URL(location).searchParams.get('code');
  if (!code) throw new Error(`authorization-create answered ${answer}`);
  return code;
};

/** The JSON body of a successful answer. */
export const bodyIn = <Body>(answer: string): Body => {
  const { statusCode, body } = JSON.parse(answer) as Answer;
  if (statusCode !== 200) throw new Error(`a function answered ${answer}`);
  return JSON.parse(body) as Body;
};

export const codeEvent = (code: string): string =>
  eventOf('oauth-token', {
    form: {
      grant_type: 'authorization_code',
      client_id: 'portal',
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    },
  });

export const refreshEvent = (token: string): string =>
  eventOf('oauth-token', {
    form: { grant_type: 'refresh_token', client_id: 'portal', refresh_token: token },
  });

/** Signs a person in to the app for the measured functions, with functions of its own. */
export class Portal {
  readonly #authorize: Metered;
  readonly #exchange: Metered;
  readonly authorizeEvent: string;

  constructor(stack: Stack, assembly: string, { session }: Person) {
    this.#authorize = meteredFunction(stack, assembly, 'authorization-create').metered;
    this.#exchange = meteredFunction(stack, assembly, 'oauth-token').metered;
    this.authorizeEvent = eventOf('authorization-create', { token: session.token });
  }

  async codes(count: number): Promise<string[]> {
    const { answers } = await this.#authorize.run(Array<string>(count).fill(this.authorizeEvent));
    return answers.map(codeIn);
  }

  async tokens(count: number): Promise<Tokens[]> {
    const { answers } = await this.#exchange.run((await this.codes(count)).map(codeEvent));
    return answers.map((answer) => bodyIn<Tokens>(answer));
  }

  stop(): void {
    this.#authorize.stop();
    this.#exchange.stop();
  }
}
