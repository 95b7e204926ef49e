import { GetIdentityVerificationAttributesCommand, GetSendQuotaCommand } from '@aws-sdk/client-ses';
import { sesAccount } from '../aws/ses-account.ts';
import { minute } from '../clock.ts';
import { identitiesOf } from './identities.ts';
import { capability, onMailAccount } from '../deployment/capability.ts';

/** How the account's sending stands. */
export interface SenderState {
  /** What SES says of the sender's address, its domain or a domain above, whichever it knows; `unknown` where it knows none. */
  identity: 'Success' | 'Pending' | 'Failed' | 'TemporaryFailure' | 'unknown';
  sentInDay: number;
  mostInDay: number;
  mostInSecond: number;
  /** In the sandbox SES delivers to verified addresses alone; it is told by its quota, which no other account has. */
  isSandbox: boolean;
}

/** Mails a day that SES lets an account send which is in its sandbox. */
const sandboxQuota = 200;

/** How long an instance repeats what SES has said, which takes few such questions a second of an account, the mailer's own included. */
const rememberMs = minute;

async function ask(address: string): Promise<SenderState> {
  const identities = identitiesOf(address);
  const [{ Max24HourSend = 0, MaxSendRate = 0, SentLast24Hours = 0 }, { VerificationAttributes = {} }] =
    await Promise.all([
      sesAccount.send(new GetSendQuotaCommand({})),
      sesAccount.send(new GetIdentityVerificationAttributesCommand({ Identities: identities })),
    ]);
  const known = identities.map((name) => VerificationAttributes[name]?.VerificationStatus);
  const identity = known.find((status) => status === 'Success') ?? known.find(Boolean) ?? 'unknown';
  return {
    identity: identity === 'NotStarted' ? 'unknown' : identity,
    sentInDay: SentLast24Hours,
    mostInDay: Max24HourSend,
    mostInSecond: MaxSendRate,
    isSandbox: Max24HourSend === sandboxQuota,
  };
}

/** What was asked of SES, and when. */
interface Asked {
  at: number;
  address: string;
  state: Promise<SenderState>;
}

/** Asks SES how the deployment's sender stands. */
export const readSenderState = capability('sender', [onMailAccount], () => {
  let last: Asked | undefined;
  return {
    state: ask,
    /** What was asked within the last minute, or is asked now; a failure is repeated too. */
    recent(address: string, now: number): Asked {
      if (last?.address !== address || now < last.at || now >= last.at + rememberMs)
        last = { at: now, address, state: ask(address) };
      return last;
    },
  };
});
