import type { Ports } from '../deployment/capability.ts';
import type { AppFacts } from '../deployment/apps.ts';
import type { Answer } from '../http/answer.ts';
import type { Parameters } from '../http/parameters.ts';
import type { Request } from '../http/request.ts';
import type { checkClientSecrets } from './client-secrets.ts';
import { findApp, type NamedApp } from './find-app.ts';
import { errorAnswer } from './oauth-error.ts';

interface Shown {
  name: string | undefined;
  secret: string | undefined;
}

/** Texts for the app's developer. */
const refusals = {
  unknown: 'The app is not known, or its secret is wrong or missing.',
  twice: 'Send the secret in the header or in the body, not in both.',
};

/** Reads name and secret from the header (RFC 6749, 2.3.1), where both are form-encoded first, or from parameters. */
function shownBy({ headers }: Request, { values }: Parameters): Shown | keyof typeof refusals {
  const { authorization } = headers;
  const { client_id: name, client_secret: secret } = values;
  if (authorization === undefined) return { name, secret };
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  const [user, ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString()
    .split(':');
  const decoded = { name: formDecoded(user), secret: formDecoded(rest.join(':')) };
  // A request must not use both ways at once (RFC 6749, 2.3).
  if (secret !== undefined) return encoded === undefined ? 'unknown' : 'twice';
  return name === undefined || name === decoded.name ? decoded : 'unknown';
}

function formDecoded(text = ''): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')) || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Identifies the calling app: a confidential app by its secret (`client_secret_basic`, `client_secret_post`), any other
 * app by its name alone.
 * @returns the app, or the answer that refuses it, which is the same for an unknown app and for a wrong secret.
 */
export async function authenticateClient(
  request: Request,
  parameters: Parameters,
  {
    clientSecrets,
    settings,
  }: Ports<readonly [typeof checkClientSecrets]> & { settings: Pick<AppFacts, 'registeredApps'> },
  now: number,
): Promise<NamedApp | Answer> {
  const shown = shownBy(request, parameters);
  const refuse = (why: keyof typeof refusals = 'unknown') =>
    errorAnswer(
      { error: 'invalid_client', description: refusals[why] },
      401,
      // Each 401 names a way to identify (RFC 9110, 15.5.2), also where the app named itself in the body.
      { 'www-authenticate': 'Basic realm="latchkey"' },
    );
  if (typeof shown === 'string') return refuse(shown);
  const { name, secret } = shown;
  const app = findApp(settings, name);
  if (!app || app.confidential !== (secret !== undefined)) return refuse();
  const isRight = secret === undefined || (await clientSecrets.matches(app.name, secret, now));
  return isRight ? app : refuse();
}
