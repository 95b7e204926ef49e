import type { Settings } from '../deployment/settings.ts';
import type { Locale } from '../locale.ts';
import { displayName, type Role, type User } from '../users/user.ts';
import { expiryOf, type Invite, type InviteKind } from '../invites/invite.ts';

interface NewInvite {
  id: string;
  kind?: InviteKind | undefined;
  email?: string | undefined;
  maxUses: number;
  role: Role;
  note?: string | undefined;
  label?: string | undefined;
  message?: string | undefined;
  app?: string | undefined;
  locale?: Locale | undefined;
  /** null: without an end; absent: `inviteDays` of the deployment. */
  expiresInDays?: number | null | undefined;
  issuer: User;
  ownCode: boolean;
  /** Whether the link goes out by mail. */
  mailed: boolean;
  settings: Pick<Settings, 'inviteDays'>;
}

/** A fresh invite. An invite for an address is bound to it unless `kind` says otherwise. */
export function newInvite(wanted: NewInvite, now: number): Invite {
  const {
    id,
    kind,
    email,
    maxUses,
    role,
    note,
    label,
    message,
    app,
    locale,
    issuer,
    mailed,
    ownCode,
    settings,
  } = wanted;
  const days = wanted.expiresInDays === undefined ? settings.inviteDays : wanted.expiresInDays;
  return {
    id,
    kind: kind ?? (email === undefined ? 'account' : 'email'),
    state: 'active',
    role,
    ...(email !== undefined && { email }),
    ...(note && { note }),
    ...(label && { label }),
    ...(message && { message }),
    ...(app && { app }),
    ...(locale && { locale }),
    maxUses,
    uses: 0,
    generation: 0,
    issuerId: issuer.id,
    issuerName: displayName(issuer),
    createdAt: now,
    expiresAt: expiryOf(days, now),
    days,
    ...(mailed && { delivery: 'pending' }),
    ...(ownCode && { ownCode }),
  };
}
