import { GetIdentityVerificationAttributesCommand, GetSendQuotaCommand } from '@aws-sdk/client-ses';
import { sesAccount } from '../aws/ses-account.ts';
import { minute } from '../clock.ts';
import { identitiesOf } from './identities.ts';
import { capability, onMailAccount } from '../deployment/capability.ts';

/** The state of the SES account and of its sender. */
export interface SenderState {
  /** SES's verification status of the sender's address, its domain or a parent domain; `unknown` if SES knows none of them. */
  identity: 'Success' | 'Pending' | 'Failed' | 'TemporaryFailure' | 'unknown';
  sentInDay: number;
  mostInDay: number;
  mostInSecond: number;
  /** In the sandbox SES delivers only to verified addresses. The sandbox is recognised by its quota, which no other account has. */
  isSandbox: boolean;
}

/** Mails per day that SES lets an account in the sandbox send. */
const sandboxQuota = 200;

/** How long an instance reuses SES's answer: SES takes few such calls a second from an account, the mailer's own included. */
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

/** A question to SES, when it was asked, and the answer. */
interface Asked {
  at: number;
  address: string;
  state: Promise<SenderState>;
}

/** Asks SES for the state of the deployment's sender. */
export const readSenderState = capability('sender', [onMailAccount], () => {
  let last: Asked | undefined;
  return {
    state: ask,
    /** A question that was asked within the last minute, or a new one. One that failed is reused too. */
    recent(address: string, now: number): Asked {
      if (last?.address !== address || now < last.at || now >= last.at + rememberMs)
        last = { at: now, address, state: ask(address) };
      return last;
    },
  };
});
