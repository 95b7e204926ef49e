import { inviteKinds, type InviteKind } from '#shared/invites/invite.ts';
import { inviteRefusals } from '#shared/invites/states.ts';
import { targetOf } from '#shared/deployment/origin.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { takesJson } from '#shared/http/request.ts';
import type { Form } from '#shared/operation/form.ts';
import { profileOf } from '#shared/users/profile-fields.ts';
import { atField } from '../field-of-error.ts';
import { passwordMistakes } from '../new-password.ts';
import { readFacts } from '../pages/about-invite.ts';
import { deadInvitePage } from '../pages/dead-invite.ts';
import { registerPage } from '../pages/register.ts';
import { returnPath, wantedPath } from '../return-path.ts';
import { deviceOfForm } from './device.ts';

/** Errors that no other input can mend: the link admits no guest. */
const final = new Set<string>(inviteRefusals);

type Fields = Readonly<Record<string, string>>;

const isKind = (text: string | undefined): text is InviteKind => inviteKinds.some((kind) => kind === text);

/** The register page's form. It names its invite by the typed code, or by the token of the link that opened it. */
export const registerForm: Form = {
  path: '/register',
  read: (fields) => {
    const { token = '', code, email, username, password, passphrase, locale, captcha } = fields;
    const reference = code === undefined ? { token } : { code };
    const account = { email, username, password, ...profileOf(fields) };
    return { body: { ...reference, ...account, passphrase, locale, captcha, ...deviceOfForm(fields) } };
  },
  mistakes: passwordMistakes,
  done: ({ next, code, lands }, settings, output, request) => {
    const { landing } = output as { landing: string };
    // Browsers follow a form only to the targets that its page declared. With a code, the page may not know the invite's app: then
    // the first page links to it.
    const isSaid = landing.startsWith('/') || code === undefined || lands === targetOf(landing);
    return wantedPath(next, settings) ?? (isSaid || takesJson(request) ? landing : '/');
  },
  again: (problem, fields, request, settings) => {
    const askCode = fields['code'] !== undefined;
    const kind = kindOf(problem, fields);
    if (final.has(problem.code) && !askCode)
      return deadInvitePage(problem, request, settings, { token: fields['token'], kind });
    return registerPage({
      locale: request.locale,
      settings,
      next: returnPath(fields['next'], settings),
      fields,
      problem: aboutFields(problem, fields),
      askCode,
      about: readFacts(fields['about']),
      ...(kind && { kind }),
    });
  },
};

/** The invite's kind. The form for a code does not know it: the fields that the invite has asked for tell. */
function kindOf({ errors = [] }: Problem, { kind }: Fields): InviteKind | undefined {
  if (isKind(kind)) return kind;
  const wanted = new Set(errors.map(({ path }) => path));
  if (wanted.has('passphrase')) return 'device-only';
  return wanted.has('deviceKey') ? 'device' : undefined;
}

/** The problem with the mistakes that the form can mend: a bad code is one, but not a key that the form did not ask for. */
function aboutFields(problem: Problem, { code, deviceKey }: Fields): Problem {
  const isCode = code !== undefined && final.has(problem.code);
  if (isCode) return { ...problem, errors: [{ path: 'code', message: problem.title }] };
  const errors = problem.errors?.filter(({ path }) => path !== 'deviceKey' || deviceKey !== undefined);
  return atField({ ...problem, ...(errors && { errors }) });
}
