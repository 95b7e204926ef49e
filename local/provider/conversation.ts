import { createHash } from 'node:crypto';
import { isObject } from '../base/is-object.ts';

/** The text of a message or of a part of a message, in the form of either provider. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).filter(Boolean).join(' ');
  if (isObject(content) && typeof content['text'] === 'string') return content['text'];
  return '';
}

/** The user's last message in a list of messages, or in a text alone. */
function lastSaid(messages: unknown): string {
  if (!Array.isArray(messages)) return textOf(messages);
  const last = messages.findLast((message) => isObject(message) && message['role'] === 'user') as unknown;
  return isObject(last) ? textOf(last['content']) : '';
}

/** The stand-in's answer, which depends only on the question. */
export const replyTo = (title: string, messages: unknown): string =>
  `This is a stand-in for ${title}. You said: ${lastSaid(messages)}`;

/** An id in the provider's form. The same request gets the same id, so that two answers can be compared byte for byte. */
export const idOf = (kind: string, body: string): string =>
  `${kind}_${createHash('sha256').update(body).digest('hex').slice(0, 32)}`;

/** The pieces in which a text is streamed: words. */
export const pieces = (text: string): string[] => text.match(/\s*\S+/g) ?? [];

/** Roughly the number of tokens that a provider would count. */
export const tokensIn = (value: unknown): number =>
  Math.ceil((typeof value === 'string' ? value : JSON.stringify(value ?? '')).length / 4);
