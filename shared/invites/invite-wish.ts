import * as z from 'zod/mini';
import { inviteKinds } from './invite.ts';
import { roles } from '../users/user.ts';
import { readCode } from './invite-code.ts';
import * as field from '../http/fields.ts';

/** Invites that one request can ask for. */
const most = 1_000;

/** What an invite can have at most. */
export const maxInviteUses = 100_000;
export const maxInviteDays = 365;
export const maxNoteLength = 200;

/** A note that administrators see. */
export const noteField = field.lineField(maxNoteLength);

/** A code that somebody chose can be guessed, so little may hang on it. */
const ownCodeUses = 10;

/** `*@example.com` */
export const domainField = z.pipe(
  z.pipe(
    z.string(),
    z.transform((typed: string) => typed.trim().toLowerCase()),
  ),
  z.string().check(z.regex(/^\*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/), z.maxLength(254)),
);

const shape = z.strictObject({
  /** How many open invites; counts only without `emails`. */
  count: z._default(z.int().check(z.gte(1), z.lte(most)), 1),
  /** One invite each: addresses, or for the kind `domain` such as `*@example.com`. */
  emails: z.optional(z.array(z.string().check(z.maxLength(320))).check(z.minLength(1), z.maxLength(most))),
  kind: z.optional(z.enum(inviteKinds)),
  maxUses: z._default(z.int().check(z.gte(1), z.lte(maxInviteUses)), 1),
  /** null: without an end. */
  expiresInDays: z.optional(z.nullable(z.int().check(z.gte(1), z.lte(maxInviteDays)))),
  role: z._default(z.enum(roles), 'general'),
  note: z.optional(noteField),
  /** What guests of `device-only` invites type. */
  passphrase: z.optional(z.string().check(z.minLength(6), z.maxLength(200))),
  /** A short code of the admin's own choice. */
  code: z.optional(
    z.pipe(
      z.string().check(
        z.maxLength(40),
        field.rule<string>((typed) => readCode(typed) !== undefined, 'code'),
      ),
      z.transform((typed: string) => readCode(typed) ?? ''),
    ),
  ),
  locale: z.optional(field.localeField),
  /** Whether mail goes out to `emails`. */
  send: z.optional(z.boolean()),
});

type Wish = z.output<typeof shape>;

const isSingle = ({ kind, emails }: Wish): boolean =>
  kind === 'email' || (kind === undefined && emails !== undefined);

/** What an admin can ask for, with what belongs together. */
export const inviteWish = shape.check(
  field.ruleAt<Wish>('emails', ({ kind, emails }) => kind !== 'email' || emails !== undefined, 'emails'),
  field.ruleAt<Wish>('emails', ({ kind, emails }) => kind !== 'domain' || emails !== undefined, 'domain'),
  field.ruleAt<Wish>('maxUses', (wish) => wish.maxUses === 1 || !isSingle(wish), 'single'),
  field.ruleAt<Wish>(
    'passphrase',
    ({ kind, passphrase }) => (kind === 'device-only') === (passphrase !== undefined),
    'passphrase',
  ),
  field.ruleAt<Wish>(
    'code',
    ({ code, count, emails, maxUses }) =>
      code === undefined || (count === 1 && !emails && maxUses <= ownCodeUses),
    'ownCode',
  ),
);
