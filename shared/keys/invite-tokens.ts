import { timingSafeEqual } from 'node:crypto';
import { GenerateMacCommand } from '@aws-sdk/client-kms';
import { kms } from '../aws/kms.ts';
import { capability, onKey } from '../capability.ts';
import type { Config } from '../config.ts';
import type { Channel, Invite } from '../domain/invite.ts';
import { formatInviteToken, inviteMessage } from '../domain/invite-token.ts';

type Derived = Pick<Invite, 'id' | 'generation' | 'delivery'>;

async function macOf(config: Config, invite: Derived, channel: Channel): Promise<Uint8Array> {
  const { Mac } = await kms.send(
    new GenerateMacCommand({
      KeyId: config.key('tokens'),
      MacAlgorithm: 'HMAC_SHA_256',
      Message: Buffer.from(inviteMessage(invite, channel)),
    }),
  );
  return Mac!;
}

/** Tells whether a token is genuine. */
export const checkTokens = capability('tokens', [onKey('tokens', 'GenerateMac')], (config) => ({
  /**
   * The channel by which a token of `invite` with this `mac` reached its reader; undefined for a forged token and
   * one of an earlier generation. One KMS call where the invite was never mailed, else at most two.
   */
  async channel(invite: Derived, mac: Uint8Array): Promise<Channel | undefined> {
    const channels: Channel[] = invite.delivery ? ['mail', 'shown'] : ['shown'];
    for (const channel of channels) {
      if (timingSafeEqual(await macOf(config, invite, channel), mac)) return channel;
    }
    return undefined;
  },
}));

/** Makes the tokens that links carry. Whoever may do this can let anybody in. */
export const issueTokens = capability('tokens', [onKey('tokens', 'GenerateMac')], (config) => ({
  async issue(invite: Derived, channel: Channel): Promise<string> {
    return formatInviteToken(invite.id, await macOf(config, invite, channel));
  },
}));
