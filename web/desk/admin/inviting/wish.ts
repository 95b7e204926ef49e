import type { Problem } from '#shared/errors/problem.ts';
import type { InviteWish } from '#shared/inviting/group-people.ts';
import type { inviteLinkTexts } from '../../../texts/invite-links.ts';
import type { inviteKindTexts, kindHintTexts } from '../../../texts/invite-kinds.ts';
import type { inviteResultTexts, invitingTexts } from '../../../texts/inviting.ts';
import type { previewTexts } from '../../../texts/preview.ts';
import type { suppressionTexts } from '../../../texts/suppression.ts';
import type { tableTexts } from '#shared/inviting/table-texts.ts';
import type { TextOf } from '../../kit/texts.ts';
import { told } from '../../kit/told.ts';

export type InvitingTexts = TextOf<
  typeof invitingTexts &
    typeof previewTexts &
    typeof inviteKindTexts &
    typeof kindHintTexts &
    typeof inviteResultTexts &
    typeof inviteLinkTexts &
    typeof suppressionTexts &
    typeof tableTexts
>;

/** What the page is told of the deployment. */
export interface InvitingFacts {
  sendsMail: boolean;
  appName: string;
  inviteDays: number;
  /** Titles of the apps that guests can be led to, by their names. */
  apps: Readonly<Record<string, string>>;
}

/** What was typed into the fields of a form of invites, as the API takes it; what is empty or not shown is left out. */
export function wishOf(fields: Readonly<Record<string, unknown>>): InviteWish {
  const { maxUses, count, expiresInDays, noEnd, email, domain, ownCode: _ownCode, ...typed } = fields;
  const given = Object.entries(typed).filter(([, value]) => value !== '');
  const emails = [domain, email].filter((one) => typeof one === 'string' && one !== '');
  return {
    ...Object.fromEntries(given),
    ...(noEnd ? { expiresInDays: null } : expiresInDays ? { expiresInDays: Number(expiresInDays) } : {}),
    ...(maxUses ? { maxUses: Number(maxUses) } : {}),
    ...(emails.length > 0 ? { emails: emails as string[] } : count ? { count: Number(count) } : {}),
  };
}

/** That nothing was created: in the document's words, with the reason below, and mistakes at the fields that show them. */
export const asFailure =
  (t: InvitingTexts, fieldOf: (path: string) => string) =>
  (problem: Partial<Problem>): Partial<Problem> => {
    const { code, title, detail, errors } = problem;
    // Whether it was done is not known, or the page says itself what to do.
    if (code === undefined) return problem;
    const reason = title ? told(title, detail) : (detail ?? '');
    const placed = errors?.map(({ path, message }) => ({ path: fieldOf(path), message }));
    return { ...problem, title: t('failed'), detail: reason, ...(placed && { errors: placed }) };
  };
