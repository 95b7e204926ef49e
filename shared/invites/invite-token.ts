import { decode, encode } from '../base64url.ts';
import type { Channel, Invite } from './invite.ts';

const idBytes = 16;
const macBytes = 32;

/** The token of a link, `{id}.{mac}`: 128 random bits and the HMAC-SHA-256 that KMS makes of `inviteMessage`. */
export interface InviteToken {
  id: string;
  mac: Uint8Array;
}

/** Reads a token; undefined unless it is written exactly as `formatInviteToken` writes it. */
export function parseInviteToken(text: string): InviteToken | undefined {
  const [id = '', mac = '', ...rest] = text.split('.');
  const bytes = decode(mac, macBytes);
  return rest.length === 0 && decode(id, idBytes) && bytes ? { id, mac: bytes } : undefined;
}

export const formatInviteToken = (id: string, mac: Uint8Array): string => `${id}.${encode(mac)}`;

/** The message under the HMAC. It begins with its purpose, so that no other HMAC of the key is an invite. */
export const inviteMessage = (
  { id, generation }: Pick<Invite, 'id' | 'generation'>,
  channel: Channel,
): string => `invite|${id}|${generation}|${channel}`;
