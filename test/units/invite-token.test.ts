import { expect, test } from 'vitest';
import { findInviteToken, formatInviteToken, parseInviteToken } from '#shared/invites/invite-token.ts';

const [id, mac] = ['AAECAwQFBgcICQoLDA0ODw', new Uint8Array(32).fill(7)];
const token = formatInviteToken(id, mac);

test('C5: a token is read in the one spelling that it has', () => {
  expect(parseInviteToken(token)).toEqual({ id, mac });
  const last = token.slice(0, -1);
  const others = [
    `${token}.`,
    `${token}.x`,
    `${token}A`,
    `${last}d`,
    last,
    token.slice(1),
    `A${token}`,
    id,
    '',
  ];
  for (const other of others) expect(parseInviteToken(other), other).toBeUndefined();
});

test('C81: a token is found in what was made of its link, and letters that could be its own are not cut off', () => {
  const broken = `${token.slice(0, 40)}\n${token.slice(40)}`;
  const around = [
    token,
    `${token}>`,
    `https://here/invite/${token}.`,
    broken,
    `${token} next`,
    `${token}\nnext`,
  ];
  for (const text of around) expect(findInviteToken(text), text).toEqual({ token, surplus: 0 });
  expect(findInviteToken(`${token}more`)).toEqual({ token: `${token}more`, surplus: 4 });
  expect(findInviteToken(`${broken}more`)).toEqual({ token: `${token}more`, surplus: 4 });
  expect(findInviteToken('no token')).toEqual({ token: 'no token', surplus: 0 });
});
