/** @module-tag engine */
import * as fc from 'fast-check';
import { parseGrantToken } from '#shared/apps/grant-tokens.ts';
import { generationIn } from '#shared/sessions/rotation.ts';
import { codeFor, exchange, portal, post, refresh, type Tokens } from '../harness/apps/door.ts';
import { send, type Answered } from '../harness/http/http.ts';
import { unprovenUser } from '../harness/people/accounts.ts';
import { mailedCode, otherCode } from '../harness/people/codes.ts';
import { attempt } from '../harness/people/guests.ts';
import { changeUser } from '../harness/people/managing.ts';
import { invite, mailedGuest, somebody, tokenOf } from '../harness/people/people.ts';
import { ask, keyHolder, quotaOf as readQuota, relayToken } from '../harness/relay/relay.ts';
import { callEngineOf } from '../harness/stack/call-engine.ts';
import { useStack } from '../harness/stack/stack.ts';
import { checkHistories } from './histories/check.ts';
import { mailedCodeSpecification, type CodeOutput } from './histories/codes.ts';
import { grantSpecification, type GrantInput, type GrantOutput } from './histories/grants.ts';
import { inviteOf, type InviteInput, type InviteOutput } from './histories/invites.ts';
import { quotaOf, type QuotaInput, type QuotaOutput } from './histories/quotas.ts';
import { History } from './linearizable.ts';
import { outcomes } from './races/prove.ts';

const stack = useStack();

/** The word of an answer, if it is one of these. All other answers leave open what was done. */
const known = <const Word extends string>(answer: Answered, words: readonly Word[]): Word | undefined =>
  words.find((word) => word === outcomes([answer])[0]);

/** Clients that each act one step after the other. */
const clients = <Deed>(deed: fc.Arbitrary<Deed>, { most = 3, deeds = 3 } = {}) =>
  fc.array(fc.array(deed, { minLength: 1, maxLength: deeds }), { minLength: 2, maxLength: most });

async function inTurn<Deed>(deeds: readonly Deed[], act: (deed: Deed) => Promise<void>): Promise<void> {
  for (const deed of deeds) await act(deed);
}

checkHistories(stack, {
  name: 'C1 C3 C8: an invite that is redeemed, checked and withdrawn at once is linearizable',
  plan: fc.record({
    uses: fc.integer({ min: 1, max: 3 }),
    clients: clients<InviteInput>(
      fc.oneof(
        { weight: 5, arbitrary: fc.record({ redeem: fc.nat(3) }) },
        { weight: 2, arbitrary: fc.constant('verify' as const) },
        { weight: 1, arbitrary: fc.constant('revoke' as const) },
      ),
    ),
  }),
  prepare: (admin) => Promise.resolve(admin),
  async act({ uses, clients }, { session: { token } }, admin, lose) {
    const [made] = await invite(stack(), admin, { maxUses: uses });
    const link = tokenOf(made!.url);
    const people = [0, 1, 2, 3].map(() => somebody());
    const history = new History<InviteInput, InviteOutput>();
    const act = (input: InviteInput): Promise<void> =>
      history.record(input, async () => {
        if (input === 'revoke') {
          const path = `/v1/admin/invites/${made!.id}/revoke`;
          return known(await send(stack(), 'POST', path, { token }), ['200', 'invite_used']);
        }
        if (input === 'verify') {
          const path = '/v1/invites/verify';
          const answer = await send<{ reason?: string; usesLeft?: number }>(stack(), 'POST', path, {
            json: { token: link },
          });
          if (answer.status !== 200) return undefined;
          return answer.json.reason ?? `${answer.json.usesLeft} left`;
        }
        const answer = await attempt(stack(), { token: link, ...people[input.redeem] });
        return known(answer, ['201', 'invite_used', 'invite_revoked']);
      });
    lose();
    await Promise.all(clients.map((deeds) => inTurn(deeds, act)));
    stack().faults([]);
    await act('verify');
    return { history, specification: inviteOf(uses) };
  },
});

checkHistories(stack, {
  name: 'C40 C41: a code that is brought right and wrong at once is linearizable',
  plan: clients(fc.constantFrom('right' as const, 'wrong' as const, 'wrong' as const), { most: 4 }),
  prepare: (admin) => Promise.resolve(admin),
  async act(clients, _, admin, lose) {
    const { email, session } = await unprovenUser(stack(), admin);
    const { token } = session;
    const { flow, code } = await mailedCode(stack(), 'email-verify', email, { token });
    const history = new History<'right' | 'wrong', CodeOutput>();
    const act = (input: 'right' | 'wrong'): Promise<void> =>
      history.record(input, async () => {
        const json = { flow, code: input === 'right' ? code : otherCode(code) };
        return known<CodeOutput>(await send(stack(), 'POST', '/v1/email/verify', { token, json }), [
          '200',
          'code_invalid',
        ]);
      });
    lose();
    await Promise.all(clients.map((deeds) => inTurn(deeds, act)));
    stack().faults([]);
    await act('right');
    return { history, specification: mailedCodeSpecification };
  },
});

checkHistories(stack, {
  name: 'R6.1 R6.5: a grant whose code and tokens are used, repeated and given back at once is linearizable',
  plan: clients(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant('exchange' as const) },
      { weight: 4, arbitrary: fc.constant('refresh' as const) },
      { weight: 1, arbitrary: fc.constantFrom('refresh the first' as const, 'revoke' as const) },
    ),
  ),
  prepare: (admin) => mailedGuest(stack(), admin),
  async act(clients, guest, _, lose) {
    const asked = await codeFor(stack(), guest);
    const tokens: string[] = [];
    const generationOf = (token: string): number => generationIn(parseGrantToken(token)!.secret);
    const history = new History<GrantInput, GrantOutput>();
    const given = ({ status, json }: Answered<Tokens>): GrantOutput | undefined => {
      if (status === 200 && json.refresh_token) {
        tokens.push(json.refresh_token);
        return generationOf(json.refresh_token);
      }
      return json?.error === 'invalid_grant' ? 'invalid_grant' : undefined;
    };
    const act = (deed: 'exchange' | 'refresh' | 'refresh the first' | 'revoke'): Promise<void> => {
      if (deed === 'exchange') return history.record(deed, async () => given(await exchange(stack(), asked)));
      const token = deed === 'refresh' ? tokens.at(-1) : tokens[0];
      if (token === undefined) return Promise.resolve();
      if (deed === 'revoke') {
        const form = { client_id: portal.client_id, token };
        return history.record(deed, async () =>
          (await post(stack(), '/oauth/revoke', form)).status === 200 ? 'done' : undefined,
        );
      }
      return history.record({ refresh: generationOf(token) }, async () =>
        given(await refresh(stack(), token)),
      );
    };
    lose();
    await Promise.all(clients.map((deeds) => inTurn(['exchange' as const, ...deeds], act)));
    stack().faults([]);
    await act('refresh');
    return { history, specification: grantSpecification };
  },
});

const limit = 3;

checkHistories(stack, {
  name: 'R1.6 C56 C57: a quota that is asked, given back and read at once is linearizable',
  plan: fc.record({
    failures: fc.nat(3),
    clients: clients(
      fc.oneof({ weight: 3, arbitrary: fc.constant('question' as const) }, fc.constant('read' as const)),
      { most: 4 },
    ),
  }),
  async prepare(admin) {
    const who = await keyHolder(stack(), admin);
    await changeUser(stack(), admin, who.user.id, { limits: { questions: limit, requests: 1_000 } });
    return who;
  },
  async act({ failures, clients }, who, _, lose) {
    const Key = { userId: { S: who.user.id } };
    await callEngineOf(stack())('DeleteItem', { TableName: stack().insider()['TABLE_QUOTAS'], Key });
    const token = await relayToken(stack(), who);
    stack().provider.behave(failures > 0 ? [{ kind: 'refuse', times: failures }] : []);
    const history = new History<QuotaInput, QuotaOutput>();
    let asked = 0;
    const words = { 200: 'counted', 429: 'refused', 502: 'failed' } as const;
    const act = async (deed: 'question' | 'read'): Promise<void> => {
      if (deed === 'read')
        return await history.record(deed, async () => (await readQuota(stack(), who))?.questions?.used);
      const question = (asked += 1);
      let output: QuotaOutput | undefined;
      const ended = Promise.withResolvers<void>();
      // The answer "failed" comes only after the place is given back.
      const back = history.record({ giveBack: question }, async () => {
        await ended.promise;
        return output === 'failed' ? output : undefined;
      });
      await history.record({ question }, async () => {
        output = words[(await ask(stack(), token)).status as keyof typeof words];
        return output;
      });
      ended.resolve();
      await back;
    };
    lose();
    await Promise.all(clients.map((deeds) => inTurn(deeds, act)));
    stack().faults([]);
    await act('read');
    return { history, specification: quotaOf(limit) };
  },
});
