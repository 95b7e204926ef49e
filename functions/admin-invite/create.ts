import { inBatches } from '#shared/batches.ts';
import { createInvites } from '#shared/invites/create-invites.ts';
import { recogniseRepeats } from '#shared/guards/repeats.ts';
import { checkInvitees } from '#shared/invites/invitees.ts';
import { refuseUnknownApp } from '#shared/inviting/refuse-unknown-app.ts';
import { goOutByMail, typedEntries } from '#shared/inviting/typed-entries.ts';
import type { Invite } from '#shared/invites/invite.ts';
import { newInvite } from '#shared/inviting/new-invite.ts';
import { idempotencyKey } from '#shared/guards/idempotency-key.ts';
import { inviteUrl } from '#shared/invites/show-invite.ts';
import { createdResponse, createdRow, type CreatedRow } from '#shared/inviting/show-created.ts';
import { createInvitesBody } from '#shared/invites/create-body.ts';
import { deriveCodes, findCodes } from '#shared/invites/invite-codes.ts';
import { issueTokens } from '#shared/invites/invite-tokens.ts';
import { hashPasswords } from '#shared/passwords/hash-passwords.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { newId } from '#shared/random.ts';

/** Invites made at once: enough to hide the store's latency, too few to crowd out others. */
const atOnce = 10;

export default operation({
  summary: 'Creates invites: a number of open ones, or one for each address.',
  method: 'POST',
  path: '/v1/admin/invites',
  auth: 'admin',
  body: createInvitesBody,
  response: createdResponse,
  status: 201,
  uses: [createInvites, checkInvitees, issueTokens, deriveCodes, findCodes, hashPasswords, recogniseRepeats],
  errors: ['invalid', 'app_unknown'],
  rate: [{ per: 'user', limit: 120, window: '1m' }],
  // An invite for an administrator must not bypass the confirmation that a promotion needs.
  confirms: ({ role }) => role === 'admin',
  ifLost: lostAnswers.invites,
  async run({ body, caller, invites, invitees, tokens, codes, passwords, repeats, ...rest }) {
    const { clock, settings, origin, request, log, fail } = rest;
    const { user } = caller;
    refuseUnknownApp(body.app, settings, fail);
    const name = idempotencyKey(request);
    const once = name && (await repeats.begin<CreatedRow[]>(user.id, name, body, clock.now()));
    if (name && !once) {
      fail('invalid', { errors: [{ path: 'Idempotency-Key', text: 'otherBody' }] });
    }
    const now = once ? once.startedAt : clock.now();

    const entries = typedEntries(body, request.locale);
    const obstacles = await invitees.obstacles(entries.flatMap(({ email }) => email ?? []));
    const mailed = goOutByMail(body, settings);
    const passphrase = body.passphrase && (await passwords.hash(newId(), body.passphrase, now));
    const common = { ...body, issuer: user, ownCode: body.code !== undefined, settings };
    /** Codes by invite id. Each is needed twice, and deriving one costs a KMS call. */
    const derived = new Map<string, string>();
    const codeOf = async (invite: Pick<Invite, 'id' | 'generation'>) => {
      const code = body.code ?? derived.get(invite.id) ?? (await codes.derive(invite));
      derived.set(invite.id, code);
      return code;
    };

    const create = async (n: number): Promise<CreatedRow> => {
      const { typed, email } = entries[n] ?? {};
      if (typed !== undefined && email === undefined) return { result: 'bad_address' };
      const obstacle = email && obstacles.get(email);
      if (obstacle) return { result: obstacle };
      const id = once ? once.idOf(n) : newId();
      const draft = newInvite({ ...common, id, email, mailed: mailed && email !== undefined }, now);
      const invite = { ...draft, codeKey: await codes.keyOf(await codeOf(draft)) };
      const by = { actorId: user.id, address: request.address };
      const creation = await invites.create(invite, passphrase || undefined, by);
      if (creation === 'code_taken') {
        return fail('invalid', { errors: [{ path: 'code', text: 'codeTaken' }] });
      }
      if (typeof creation === 'object') return { id: creation.openInvite, result: 'already_invited' };
      log.info('invite.created', { inviteId: id, userId: user.id });
      return {
        id,
        expiresAt: invite.expiresAt,
        mailed: invite.delivery !== undefined,
        result: 'invited',
      };
    };

    const numbers = Array.from({ length: body.emails?.length ?? body.count }, (_, n) => n);
    const rows = (once && once.outcome) || (await inBatches(numbers, atOnce, create));
    if (name) await repeats.finish(user.id, name, rows);
    const links = await inBatches(rows, atOnce, async ({ id = '', result }) => {
      if (result !== 'invited') return undefined;
      const first = { id, generation: 0 };
      return { url: inviteUrl(origin, await tokens.issue(first, 'shown')), code: await codeOf(first) };
    });
    return {
      invites: rows.map((row, n) => createdRow(row, entries[n] ?? {}, links[n])),
    };
  },
});
