import type { SNSEvent } from 'aws-lambda';
import type { Stack } from '#local/stack/running-stack.ts';
import { outbox } from '../stack/outbox.ts';
import { rowsOf } from '../stack/rows.ts';

/** The parts of SES's event about a mail that tests need. */
export interface ToldBySes {
  eventType: string;
  bounce?: { bounceType: string; bounceSubType?: string };
}

export const permanent: ToldBySes = { eventType: 'Bounce', bounce: { bounceType: 'Permanent' } };
/** Also what SES makes of an automatic reply, such as "out of office". */
export const passing: ToldBySes = {
  eventType: 'Bounce',
  bounce: { bounceType: 'Transient', bounceSubType: 'General' },
};
export const complaint: ToldBySes = { eventType: 'Complaint' };
export const delivery: ToldBySes = { eventType: 'Delivery' };

/** The sample event of a topic with these messages instead, one record for each. */
export function withMessages(event: object, ...messages: string[]): SNSEvent {
  const [sample] = (event as SNSEvent).Records;
  return { Records: messages.map((Message) => ({ ...sample!, Sns: { ...sample!.Sns, Message } })) };
}

/** The sample event of a topic, about a mail of this stack. @param to the address that SES names, if it matters. */
export function aboutMail(event: object, mailId: string, told: ToldBySes, to?: string): SNSEvent {
  const message = JSON.parse((event as SNSEvent).Records[0]!.Sns.Message) as { mail: object; bounce: object };
  const mail = { ...message.mail, ...(to !== undefined && { destination: [to] }), tags: { mail: [mailId] } };
  const bounce = told.bounce && { ...message.bounce, ...told.bounce };
  return withMessages(event, `${JSON.stringify({ ...told, ...(bounce && { bounce }), mail })}\n`);
}

/** The id of the last mail to an address. */
export async function mailIdOf(stack: Stack, email: string): Promise<string> {
  const row = (await outbox(stack, email)).at(-1);
  if (!row) throw new Error(`no mail is owed to ${email}`);
  return row.id;
}

/** Whether mail to an address is suppressed. */
export const isSuppressed = async (stack: Stack, email: string): Promise<boolean> =>
  rowsOf(await stack.dumpTables(), 'mails', 'id', `suppressed#${email}`).length > 0;
