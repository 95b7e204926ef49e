import type createInvites from '#functions/admin-invite/create.ts';
import { addressesIn } from '#shared/mailbox.ts';
import type { Problem } from '#shared/errors/problem.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from './api.ts';
import { problemNotice } from './notices.ts';
import type { Texts } from './texts.ts';

export const invitesPath = '/v1/admin/invites';

/** That nothing was created: in the document's words, with the reason below. */
export function creationNotice(problem: unknown, texts: Texts): HTMLElement {
  const { title, detail, errors } = (problem ?? {}) as Partial<Problem>;
  const reason = [title, detail].filter(Boolean).join(': ');
  return problemNotice({ title: texts('failed'), detail: reason }, '', errors);
}

/** The last wish whose answer was lost, with its key: the same wish again is the same request. */
let unanswered: { wish: string; key: string } | undefined;

/** Creates what is wished for; sent again without having been answered, it is created once, and answered as at first. */
export async function createOnce(wish: object): Promise<AnswerOf<typeof createInvites>> {
  const text = JSON.stringify(wish);
  if (unanswered?.wish !== text) unanswered = { wish: text, key: crypto.randomUUID() };
  const headers = { 'idempotency-key': unanswered.key };
  const answer = await call<typeof createInvites>('POST', invitesPath, wish, headers);
  unanswered = undefined;
  return answer;
}

/** What the form asks for, as the API takes it. */
export function readWish(fields: FormData): object {
  const emails = addressesIn(String(fields.get('emails')));
  const note = String(fields.get('note'));
  const open = { count: Number(fields.get('count')), maxUses: Number(fields.get('maxUses')) };
  return {
    ...(emails.length > 0 ? { emails } : open),
    expiresInDays: Number(fields.get('expiresInDays')),
    locale: fields.get('locale'),
    ...(note && { note }),
  };
}
