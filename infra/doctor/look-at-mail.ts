import {
  GetAccountCommand,
  GetEmailIdentityCommand,
  SESv2Client,
  type GetEmailIdentityCommandOutput,
} from '@aws-sdk/client-sesv2';
import { identitiesOf } from '#shared/mail/identities.ts';
import { fine, lookedAt, remedyOfRefusal, trouble, type Finding } from './finding.ts';

export interface Sender {
  region: string;
  mailFrom: string | null;
  mailDomain: string | null;
  mailIdentity: 'create' | 'existing';
  mailsPerSecond: number;
  /** Whether the stack that makes the sender is deployed; undefined if that could not be seen. */
  isDeployed: boolean | undefined;
}

/** Whether mail can go out, to whom, and how fast. */
export async function lookAtMail(sender: Sender): Promise<Finding[]> {
  if (sender.mailFrom === null)
    return [
      trouble(
        'mail',
        'warning',
        'No mail goes out, as mailFrom is not set: administrators copy links and hand them over.',
        'To send mail, set mailFrom and mailDomain.',
      ),
    ];
  const client = new SESv2Client({ region: sender.region });
  const parts = await Promise.all([
    lookedAt('mail.account', () => accountOf(client, sender)),
    lookedAt('mail.sender', () => identityOf(client, sender)),
  ]);
  return parts.flat();
}

async function accountOf(client: SESv2Client, { region, mailsPerSecond }: Sender): Promise<Finding[]> {
  const account = await client.send(new GetAccountCommand({}));
  const {
    ProductionAccessEnabled: isOut,
    SendingEnabled: sends,
    EnforcementStatus: status,
    SendQuota: quota = {},
  } = account;
  const rate = quota.MaxSendRate ?? 0;
  return [
    sends === false || status === 'SHUTDOWN'
      ? trouble(
          'mail.account',
          'broken',
          `SES sends no mail for this account in ${region} (${status ?? 'paused'}).`,
          'Read the message under SES, Account dashboard, and answer it there.',
        )
      : isOut
        ? fine('mail.account', 'SES sends to everybody.')
        : trouble(
            'mail.account',
            'warning',
            `SES is in its sandbox in ${region}: it sends to verified addresses only, ${quota.Max24HourSend ?? 200} mails a day.`,
            'Ask for production access: SES, Account dashboard, “Request production access”. It takes about a day; say that mail goes to invited people alone.',
          ),
    rate < mailsPerSecond
      ? trouble(
          'mail.rate',
          'broken',
          `mailsPerSecond is ${mailsPerSecond}, and SES takes ${rate} a second: the rest is refused and sent late.`,
          `Set mailsPerSecond to ${Math.max(1, Math.floor(rate))}.`,
        )
      : fine('mail.rate', `SES takes ${rate} mails a second, and mailsPerSecond is ${mailsPerSecond}.`),
  ];
}

async function find(client: SESv2Client, name: string): Promise<GetEmailIdentityCommandOutput | undefined> {
  try {
    return await client.send(new GetEmailIdentityCommand({ EmailIdentity: name }));
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}

async function identityOf(client: SESv2Client, sender: Sender): Promise<Finding[]> {
  const { mailDomain, mailIdentity, isDeployed, region } = sender;
  const names = identitiesOf(mailDomain ?? sender.mailFrom ?? '');
  const found = (await Promise.all(names.map((name) => find(client, name)))).map((one, at) => ({
    one,
    name: names[at]!,
  }));
  const known = found.filter(({ one }) => one !== undefined);
  const made = names[0]!;
  if (known.length === 0) return [strange(made, sender)];
  if (mailIdentity === 'create' && isDeployed === false && known.some(({ name }) => name === made))
    return [
      trouble(
        'mail.sender',
        'broken',
        `SES knows ${made} in ${region} already, so that the deployment cannot make it.`,
        'Set mailIdentity to "existing".',
      ),
    ];
  const verified = known.filter(({ one }) => one!.VerifiedForSendingStatus === true);
  if (verified.length > 0)
    return [fine('mail.sender', `SES has verified ${verified.map(({ name }) => name).join(' and ')}.`)];
  if (mailIdentity === 'create' && isDeployed === false) return [strange(made, sender)];
  return [
    trouble(
      'mail.sender',
      'broken',
      `SES has not verified ${known[0]!.name} yet, and sends nothing for it.`,
      howToVerify(known[0]!.name, sender),
    ),
  ];
}

/** The finding for a sender that SES does not know. */
function strange(made: string, { region, mailIdentity, isDeployed }: Sender): Finding {
  if (mailIdentity === 'create' && isDeployed === false)
    return fine('mail.sender', `The deployment makes the sender ${made}.`);
  if (mailIdentity === 'create' && isDeployed === undefined)
    return trouble(
      'mail.sender',
      'unknown',
      `SES does not know ${made} in ${region}, which is as it should be before the first deployment alone.`,
      remedyOfRefusal,
    );
  return trouble(
    'mail.sender',
    'broken',
    `SES does not know ${made} in ${region}.`,
    'Set mailIdentity to "create" and deploy, or add it under SES, Identities.',
  );
}

function howToVerify(name: string, { region, mailIdentity, mailDomain }: Sender): string {
  if (name.includes('@'))
    return `Open the mail that SES has sent to ${name}, and follow its link within 24 hours. For another one: aws ses verify-email-identity --region ${region} --email-address ${name}`;
  return mailIdentity === 'create' && mailDomain !== null
    ? 'Enter the records below at your DNS provider; SES sees them within minutes to a day.'
    : `This deployment has not made it and knows no records of it: SES shows them under Identities, ${name}, DKIM. Enter them at your DNS provider.`;
}
