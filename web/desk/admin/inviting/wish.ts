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

/** Facts about the deployment for this page. */
export interface InvitingFacts {
  sendsMail: boolean;
  appName: string;
  inviteDays: number;
  /** Titles of the apps that guests can be led to, by their names. */
  apps: Readonly<Record<string, string>>;
}

/** The typed fields of an invite form as a request body. Empty and hidden fields are left out. */
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

/**
 * Turns a problem of the API into the message that nothing was created, with the reason below it and mistakes at the fields that
 * show them.
 */
export const asFailure =
  (t: InvitingTexts, fieldOf: (path: string) => string) =>
  (problem: Partial<Problem>): Partial<Problem> => {
    const { code, title, detail, errors } = problem;
    // Without a code, the request may have been done, or the page itself says what to do.
    if (code === undefined) return problem;
    const reason = title ? told(title, detail) : (detail ?? '');
    const placed = errors?.map(({ path, message }) => ({ path: fieldOf(path), message }));
    return { ...problem, title: t('failed'), detail: reason, ...(placed && { errors: placed }) };
  };
