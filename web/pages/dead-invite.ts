import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Request } from '#shared/http/request.ts';
import { remindsItsUser, type InviteKind } from '#shared/invites/invite.ts';
import { deadStatuses, inviteRefusals, inviteStates, type Renewal } from '#shared/invites/states.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import { byCodePath } from '../wanted-page.ts';
import { problemPage } from './problem.ts';

/** What the holder of a link that ended with this error can ask for. */
function renewalOf(code: string): Renewal {
  const status = deadStatuses.find((one) => inviteStates[one].refusal === code);
  return status ? inviteStates[status].renewal : 'nothing';
}

/**
 * Whether the holder of a link that ended like this can ask for a new one. It goes by mail, so the deployment must send mail.
 * @param kind of the invite; absent if the page does not know it.
 */
export function isRenewable(code: string, { mailFrom }: Settings, kind?: InviteKind): boolean {
  const renewal = renewalOf(code);
  if (renewal === 'nothing' || mailFrom === null) return false;
  return renewal !== 'sign-in-hint' || kind === undefined || remindsItsUser(kind);
}

/** The link that the page is about. */
interface DeadLink {
  token?: string | undefined;
  kind?: InviteKind | undefined;
}

/** The page of a link that admits no guest: the reason and the next step, such as asking for a new link. */
export function deadInvitePage(
  problem: Problem,
  request: Request,
  settings: Settings,
  { token = '', kind }: DeadLink = {},
): Answer {
  const { locale } = request;
  if (!inviteRefusals.some((code) => code === problem.code)) return problemPage(problem, request, settings);
  const [path, label] =
    settings.registration === 'open' ? ['/register', texts.newHere] : [byCodePath, texts.haveCode];
  const after = html`<p class="after"><a href="${path}">${label[locale]}</a></p>`;
  if (!isRenewable(problem.code, settings, kind))
    return problemPage(problem, request, settings, { isMain: false, after });
  // The user of a used link has an account: signing in is the main way on.
  const isMain = renewalOf(problem.code) !== 'sign-in-hint';
  const content = html`<form method="post" action="/invite/renew">
    <input type="hidden" name="token" value="${token}" />
    <p>${texts.renewHint[locale]}</p>
    <button type="submit" class="${isMain ? '' : 'plain'}">${texts.renew[locale]}</button>
  </form>`;
  return problemPage(problem, request, settings, { content, isMain, after });
}
