import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { setTimeout } from 'node:timers/promises';
import { fine, lookedAt, trouble, type Finding } from './finding.ts';

interface Probe {
  region: string;
  /** The function `deployment-probe`. */
  functionName: string;
  /** Whether mail is to go out. */
  mails: boolean;
  /** Whether SES would refuse it, as it has not verified the sender. */
  isSenderBroken: boolean;
  bootstrapCommand: string;
  /** Waits before the next look at what became of the mail. */
  wait?: () => Promise<unknown>;
}

type Answer = Record<string, unknown>;

/** A minute, within which SES reports nearly every mail to its simulator. */
const looks = 20;
const waitBetweenLooks = (): Promise<unknown> => setTimeout(3_000);

/** What only the deployment itself knows: who administers, what time it has, and whether an invite's mail arrives and is told of. */
export async function lookAtUse(probe: Probe): Promise<Finding[]> {
  const client = new LambdaClient({ region: probe.region });
  const ask = async (wish: object): Promise<Answer> => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: probe.functionName, Payload: JSON.stringify(wish) }),
    );
    const answer = JSON.parse(Payload?.transformToString() ?? '{}') as Answer;
    if (FunctionError) throw new Error(`${probe.functionName} failed: ${String(answer['errorMessage'])}`);
    return answer;
  };
  const parts = [
    await lookedAt('administrator', () => lookAtAdministrator(ask, probe)),
    probe.mails ? await lookedAt('invite', () => lookAtInvite(ask, probe)) : [],
  ];
  return parts.flat();
}

async function lookAtAdministrator(
  ask: (wish: object) => Promise<Answer>,
  { bootstrapCommand }: Probe,
): Promise<Finding[]> {
  const { hasAdmin } = await ask({ do: 'look' });
  return [
    hasAdmin === true
      ? fine('administrator', 'There is an administrator.')
      : trouble(
          'administrator',
          'warning',
          'There is no administrator yet.',
          `Make the link of the first one: ${bootstrapCommand}`,
        ),
  ];
}

const remedies: Readonly<Record<string, string>> = {
  pending:
    'Nothing took the mail: look at the log groups of mail-send and mail-sweep, and whether their event source mapping is enabled.',
  sent: 'SES took the mail, and no report came: look at the log group of mail-feedback, and at the topic of the configuration set. Reports can be late; run it again.',
  failed:
    'SES refused the mail each time: the log group of mail-send has its words. Is the sender verified, and the address of mailFrom spelled as SES has it?',
};

/** Sends an invite to the mailbox simulator of SES, which nobody reads, and takes it back. */
async function lookAtInvite(
  ask: (wish: object) => Promise<Answer>,
  { isSenderBroken, wait = waitBetweenLooks }: Probe,
): Promise<Finding[]> {
  if (isSenderBroken)
    return [
      trouble(
        'invite',
        'unknown',
        'Whether an invite arrives was not looked at, as SES has not verified the sender.',
        'Mend mail.sender, and run npm run doctor again.',
      ),
    ];
  const { invite } = await ask({ do: 'invite' });
  let delivery = 'pending';
  for (let look = 0; look < looks && (delivery === 'pending' || delivery === 'sent'); look += 1) {
    await wait();
    const answer = await ask({ do: 'follow', invite, end: look === looks - 1 });
    delivery = String(answer['delivery']);
  }
  if (delivery === 'delivered')
    return [fine('invite', 'An invite to SES’s mailbox simulator went out, arrived, and was told of.')];
  return [
    trouble(
      'invite',
      'broken',
      `An invite to SES’s mailbox simulator is ${delivery} after a minute.`,
      remedies[delivery] ?? 'Look at the log groups of mail-send and mail-feedback.',
    ),
  ];
}
