import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { setTimeout } from 'node:timers/promises';
import type * as z from 'zod/mini';
import { probeAnswers, type probeQuestion } from '#shared/inviting/probe-protocol.ts';
import type { Delivery } from '#shared/mail/delivery.ts';
import { fine, lookedAt, trouble, type Finding } from './finding.ts';

interface Probe {
  region: string;
  /** The function `deployment-probe`. */
  functionName: string;
  /** Whether the probe may send mail. */
  mails: boolean;
  /** Whether SES would refuse the mail, as it has not verified the sender. */
  isSenderBroken: boolean;
  bootstrapCommand: string;
  /** Waits before the next look at the mail's delivery. */
  wait?: () => Promise<unknown>;
}

type Ask = <Answer>(
  question: z.input<typeof probeQuestion>,
  schema: z.ZodMiniType<Answer>,
) => Promise<Answer>;

/** A minute in all: within that time SES reports nearly every mail to its simulator. */
const looks = 20;
const waitBetweenLooks = (): Promise<unknown> => setTimeout(3_000);

/** What only the deployment itself knows: whether it has an administrator, and whether an invite's mail arrives and is reported. */
export async function lookAtUse(probe: Probe): Promise<Finding[]> {
  const client = new LambdaClient({ region: probe.region });
  const ask: Ask = async (question, schema) => {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: probe.functionName, Payload: JSON.stringify(question) }),
    );
    const answer: unknown = JSON.parse(Payload?.transformToString() ?? '{}');
    if (FunctionError)
      throw new Error(
        `${probe.functionName} failed: ${String((answer as { errorMessage?: unknown }).errorMessage)}`,
      );
    const { data } = schema.safeParse(answer);
    if (data === undefined)
      throw new Error(`${probe.functionName} does not answer as that of this version does.`);
    return data;
  };
  const parts = [
    await lookedAt('administrator', () => lookAtAdministrator(ask, probe)),
    probe.mails ? await lookedAt('invite', () => lookAtInvite(ask, probe)) : [],
  ];
  return parts.flat();
}

async function lookAtAdministrator(ask: Ask, { bootstrapCommand }: Probe): Promise<Finding[]> {
  const { hasAdmin } = await ask({ do: 'look' }, probeAnswers.look);
  return [
    hasAdmin
      ? fine('administrator', 'There is an administrator.')
      : trouble(
          'administrator',
          'warning',
          'There is no administrator yet.',
          `Make the link of the first one: ${bootstrapCommand}`,
        ),
  ];
}

const remedies: Partial<Record<Delivery, string>> = {
  pending:
    'Nothing took the mail: look at the log groups of mail-send and mail-sweep, and whether their event source mapping is enabled.',
  sent: 'SES took the mail, and no report came: look at the log group of mail-feedback, and at the topic of the configuration set. Reports can be late; run it again.',
  failed:
    'SES refused the mail each time: the log group of mail-send has its words. Is the sender verified, and the address of mailFrom spelled as SES has it?',
};

/** Sends an invite to the mailbox simulator of SES, which no person reads. The deployment revokes the invite in the end. */
async function lookAtInvite(
  ask: Ask,
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
  const made = await ask({ do: 'invite' }, probeAnswers.invite);
  if ('refused' in made) return [refusal(made.refused)];
  let delivery: Delivery = 'pending';
  for (let look = 0; look < looks && (delivery === 'pending' || delivery === 'sent'); look += 1) {
    await wait();
    const end = look === looks - 1;
    const followed = await ask({ do: 'follow', invite: made.invite, end }, probeAnswers.follow);
    if ('refused' in followed) return [refusal(followed.refused)];
    ({ delivery } = followed);
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

/** The deployment sends no mail, unlike these settings, or does not find the invite that it made. */
const refusal = (reason: 'no_mail' | 'not_found'): Finding =>
  trouble(
    'invite',
    'broken',
    `The deployment refused the probe: ${reason}.`,
    'Deploy the present settings, and run npm run doctor again.',
  );
