import { decode, encode } from '../base64url.ts';
import type { Channel, Invite } from './invite.ts';

const idBytes = 16;
const macBytes = 32;

/** Length of so many bytes in base64url. */
const lengthOf = (bytes: number): number => Math.ceil((bytes * 4) / 3);

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

const framed = new RegExp(
  `(?<![\\w-])([\\w-]{${lengthOf(idBytes)}}\\.[\\w-]{${lengthOf(macBytes)}})([\\w-]*)`,
);

/**
 * The token in a link that a mail client or a chat has changed: a full stop, a bracket, a blank or the next word behind it, a line end
 * within (C81). Letters that could be the token's own are not cut off: with one letter more it is another token (C5).
 */
export function findInviteToken(text: string): { token: string; surplus: number } {
  const whole = text.replaceAll(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');
  const [, token = text, more = ''] = framed.exec(text) ?? framed.exec(whole) ?? [];
  return { token: token + more, surplus: more.length };
}

export const formatInviteToken = (id: string, mac: Uint8Array): string => `${id}.${encode(mac)}`;

/** The message under the HMAC. It begins with its purpose, so that no other HMAC of the key is an invite. */
export const inviteMessage = (
  { id, generation }: Pick<Invite, 'id' | 'generation'>,
  channel: Channel,
): string => `invite|${id}|${generation}|${channel}`;
