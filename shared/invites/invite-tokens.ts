import { capability, onKey } from '../deployment/capability.ts';
import type { Channel, Invite } from './invite.ts';
import { formatInviteToken, inviteMessage } from './invite-token.ts';
import { isMacOf, macOf } from '../aws/mac.ts';

type Derived = Pick<Invite, 'id' | 'generation' | 'delivery'>;

/** Checks tokens. KMS compares, so that functions that check tokens cannot make any. */
export const checkTokens = capability('tokens', [onKey('tokens', 'VerifyMac')], (config) => ({
  /**
   * The channel by which a token of `invite` with this `mac` reached its reader; undefined for a forged token and one of an earlier
   * generation. One KMS call if the invite was never mailed, else at most two.
   */
  async channel(invite: Derived, mac: Uint8Array): Promise<Channel | undefined> {
    const channels: Channel[] = invite.delivery ? ['mail', 'shown'] : ['shown'];
    for (const channel of channels) {
      if (await isMacOf(config.key('tokens'), inviteMessage(invite, channel), mac)) return channel;
    }
    return undefined;
  },
}));

/** Makes the tokens of links. A function with this capability can admit any guest. */
export const issueTokens = capability('tokens', [onKey('tokens', 'GenerateMac')], (config) => ({
  async issue(invite: Derived, channel: Channel): Promise<string> {
    return formatInviteToken(invite.id, await macOf(config.key('tokens'), inviteMessage(invite, channel)));
  },
}));
