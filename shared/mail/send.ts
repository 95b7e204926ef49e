import { SendEmailCommand } from '@aws-sdk/client-ses';
import { ses } from '../aws/ses.ts';
import { capability, onSender } from '../deployment/capability.ts';
import type { MailContent } from './mail-content.ts';
import { senderOf } from './sender.ts';

const part = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** Sends mail as the deployment's sender. */
export const sendMail = capability('post', [onSender], (config) => ({
  /** @returns SES's id of the message. @throws SES's error if it does not take the mail. */
  async send(to: string, { subject, text, html }: MailContent, mailId: string): Promise<string> {
    const { MessageId } = await ses.send(
      new SendEmailCommand({
        Source: senderOf(config.settings.appName, config.settings.mailFrom!),
        Destination: { ToAddresses: [to] },
        ...(config.settings.replyTo !== null && { ReplyToAddresses: [config.settings.replyTo] }),
        Message: { Subject: part(subject), Body: { Text: part(text), Html: part(html) } },
        ConfigurationSetName: config.configurationSet,
        Tags: [{ Name: 'mail', Value: mailId }],
      }),
    );
    return MessageId!;
  },
}));
