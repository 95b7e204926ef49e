import * as z from 'zod/mini';
import { inviteKinds, mayHaveOwnCode } from './invite.ts';
import { roles } from '../users/user.ts';
import { readCode } from './invite-code.ts';
import {
  appField,
  labelField,
  messageField,
  newPassphraseField,
  noteField,
  typedCodeField,
} from './fields.ts';
import { inviteLimits } from './limits.ts';
import { mistakeInEmail, normalizeEmail } from '../email.ts';
import { emailMaxLength } from '../users/limits.ts';
import * as field from '../http/fields.ts';

const within = ({ min, max }: { min: number; max: number }) => z.int().check(z.gte(min), z.lte(max));

/** `*@example.com`, in the spelling of addresses. */
export const domainField = z.pipe(
  z.pipe(z.string().check(field.atMost(emailMaxLength)), z.transform(normalizeEmail)),
  z.string().check(
    field.atMost(emailMaxLength),
    field.rule<string>(
      (email) => email.startsWith('*@') && !mistakeInEmail(email.replace('*', 'any')),
      'domain',
    ),
  ),
);

const shape = z.strictObject({
  /** The number of open invites; ignored if `emails` are given. */
  count: z._default(within(inviteLimits.count), 1),
  /** Each entry gets one invite: an address, or for the kind `domain` a domain such as `*@example.com`. */
  emails: z.optional(
    z
      .array(z.string().check(field.atMost(inviteLimits.listedAddressLength.max)))
      .check(z.minLength(inviteLimits.count.min), z.maxLength(inviteLimits.count.max)),
  ),
  kind: z.optional(z.enum(inviteKinds)),
  maxUses: z._default(within(inviteLimits.maxUses), 1),
  /** null: without an end. */
  expiresInDays: z.optional(z.nullable(within(inviteLimits.expiresInDays))),
  role: z._default(z.enum(roles), 'general'),
  note: z.optional(noteField),
  label: z.optional(labelField),
  /** The app that its guest lands in. */
  app: z.optional(appField),
  /** Words for the mail, under the issuer's name. */
  message: z.optional(messageField),
  /** Guests of a `device-only` invite type it. */
  passphrase: z.optional(newPassphraseField),
  /** A short code that the administrator chooses. */
  code: z.optional(
    z.pipe(
      typedCodeField.check(
        field.rule<string>((typed) => readCode(typed) !== undefined, 'code', inviteLimits.codeLength),
      ),
      z.transform((typed: string) => readCode(typed) ?? ''),
    ),
  ),
  locale: z.optional(field.localeField),
  /** Whether mail goes out to `emails`. */
  send: z.optional(z.boolean()),
});

type Body = z.output<typeof shape>;

const isSingle = ({ kind, emails }: Body): boolean =>
  kind === 'email' || (kind === undefined && emails !== undefined);

/** The body that creates invites; its rules refuse fields that exclude or need each other. */
export const createInvitesBody = shape.check(
  field.ruleAt<Body>('emails', ({ kind, emails }) => kind !== 'email' || emails !== undefined, 'emails'),
  field.ruleAt<Body>('emails', ({ kind, emails }) => kind !== 'domain' || emails !== undefined, 'domain'),
  field.ruleAt<Body>('maxUses', (body) => body.maxUses === 1 || !isSingle(body), 'single'),
  field.ruleAt<Body>(
    'passphrase',
    ({ kind, passphrase }) => (kind === 'device-only') === (passphrase !== undefined),
    'passphrase',
  ),
  field.ruleAt<Body>(
    'code',
    ({ code, count, emails, expiresInDays: days = 1, ...body }) =>
      code === undefined || (count === 1 && !emails && mayHaveOwnCode({ ...body, days })),
    'ownCode',
    inviteLimits.ownCodeUses,
  ),
);
