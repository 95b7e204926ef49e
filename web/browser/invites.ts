/** Invites as `/v1/admin/invites` answers them; only what the panel shows. */
export interface Invite {
  id: string;
  status: 'active' | 'used' | 'expired' | 'revoked';
  email?: string;
  note?: string;
  uses: number;
  maxUses: number;
  delivery?: 'pending' | 'sent' | 'delivered' | 'bounced' | 'complained' | 'failed';
  expiresAt: string | null;
  url?: string;
  code?: string;
}

/** One row of what creating answers. */
export interface Created {
  email?: string;
  url?: string;
  code?: string;
  result: 'invited' | 'member' | 'already_invited' | 'bad_address' | 'suppressed';
}

export interface Page {
  items: Invite[];
  nextCursor: string | null;
}

/** What can be done to an invite: see its link again, give it a new one, or withdraw it. */
export type Action = 'show' | 'reissue' | 'revoke';

/** The panel's texts in the page's language, by the names of the catalogue. */
export type Texts = Record<string, string>;
