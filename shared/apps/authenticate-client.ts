import type { Ports } from '../deployment/capability.ts';
import type { Apps } from '../deployment/apps.ts';
import type { Answer } from '../http/answer.ts';
import type { Parameters } from '../http/parameters.ts';
import type { Request } from '../http/request.ts';
import type { checkClientSecrets } from './client-secrets.ts';
import { findApp, type NamedApp } from './find-app.ts';
import { errorAnswer } from './oauth-error.ts';

interface Shown {
  name: string | undefined;
  secret: string | undefined;
  /** Whether it was shown in the header, whose refusal has one too. */
  inHeader: boolean;
}

/** By the header (RFC 6749, 2.3.1), in which both are form-encoded first, or by parameters. */
function shownBy({ headers }: Request, { values }: Parameters): Shown | undefined {
  const { authorization } = headers;
  const { client_id: name, client_secret: secret } = values;
  if (authorization === undefined) return { name, secret, inHeader: false };
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  const [user, ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString()
    .split(':');
  const decoded = { name: formDecoded(user), secret: formDecoded(rest.join(':')) };
  // Two ways at once are none (RFC 6749, 2.3).
  const isOne = secret === undefined && (name === undefined || name === decoded.name);
  return isOne ? { ...decoded, inHeader: true } : undefined;
}

function formDecoded(text = ''): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')) || undefined;
  } catch {
    return undefined;
  }
}

/**
 * The app that calls: known by its secret where it keeps one (`client_secret_basic`, `client_secret_post`), or by its name
 * alone. Or the answer that refuses it, the same for an app that is not known and a wrong secret.
 */
export async function authenticateClient(
  request: Request,
  parameters: Parameters,
  { clientSecrets, settings }: Ports<readonly [typeof checkClientSecrets]> & { settings: { apps: Apps } },
  now: number,
): Promise<NamedApp | Answer> {
  const shown = shownBy(request, parameters);
  const refuse = () =>
    errorAnswer(
      { error: 'invalid_client', description: 'The app is not known, or its secret is wrong or missing.' },
      401,
      shown?.inHeader === false ? {} : { 'www-authenticate': 'Basic realm="latchkey"' },
    );
  if (!shown) return refuse();
  const { name, secret } = shown;
  const app = findApp(settings, name);
  if (!app || app.confidential !== (secret !== undefined)) return refuse();
  const isRight = secret === undefined || (await clientSecrets.matches(app.name, secret, now));
  return isRight ? app : refuse();
}
