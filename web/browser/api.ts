import type { Problem } from '#shared/errors/problem.ts';
import type { AnswerOf, Method, Operation } from '#shared/operation/operation.ts';
import { keptKeyPair } from './device-key.ts';
import { fetchInTime } from './fetch-in-time.ts';
import { isEdited } from './is-edited.ts';
import { countTakings, hasSignedInAgain } from './present-session.ts';
import { isBound, prove } from './proof.ts';

/** The declaration of an operation that is called here; only its type is used. */
export type Answering = Pick<Required<Operation>, 'response'>;

/** The proof of the device's key, if the session is bound to one. Without the key the server names the missing proof. */
async function proofFor(method: Method, path: string): Promise<{ dpop?: string }> {
  const pair = isBound() ? await keptKeyPair().catch(() => undefined) : undefined;
  return pair ? { dpop: await prove(pair, method, path) } : {};
}

/** Thrown if the answer did not arrive or is not ours: the act may have been done (C115). */
export class Unanswered extends Error {
  readonly title: string | undefined = document.body.dataset['noAnswer'];
  readonly detail: string | undefined = document.body.dataset['ifLost'];
}

/** Whether the answer is from the API, and not from a proxy in front of it. */
const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === 'object' && answer !== null && 'code' in answer && 'title' in answer;

/**
 * Calls an operation as the signed-in user; its declaration says what it answers.
 * @param more headers.
 * @throws Problem, Unanswered
 */
export async function call<Declared extends Answering>(
  method: Method,
  path: string,
  body?: object,
  more: Readonly<Record<string, string>> = {},
): Promise<AnswerOf<Declared>> {
  const response = await ask(method, path, body, more);
  if (response.status === 204) return undefined as AnswerOf<Declared>;
  return (await response.json().catch(lostAnswer(method))) as AnswerOf<Declared>;
}

/** As `call`, for an answer that is a file. */
export async function ask(
  method: Method,
  path: string,
  body?: object,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const lost = lostAnswer(method);
  const takings = countTakings();
  const headers = {
    // A person reads the error on a page: `text/html` makes the answer say what people can do, and not what programs can do.
    accept: 'application/json, text/html',
    'accept-language': document.documentElement.lang,
    ...(body && { 'content-type': 'application/json' }),
    ...(await proofFor(method, path)),
    ...more,
  };
  const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetchInTime(path, request).catch(lost);
  if (response.ok) return response;
  const answer: unknown = await response.json().catch(lost);
  if (!isProblem(answer)) return lost(answer);
  // Unsaved input stays on the page, which says how to go on. Data that was to be read is read again after sign-in.
  if (answer.code === 'unauthenticated' && method === 'GET' && !isEdited()) location.assign(loginPath());
  if (answer.code === 'device_mismatch') {
    const isHere = await hasSignedInAgain(takings).catch(() => false);
    sayOtherDevice(!isHere);
    // The refused call did nothing, so it can be repeated.
    if (isHere) return ask(method, path, body, more);
  }
  throw answer;
}

/** A lost read can be repeated, so its own error is thrown. Any other call may have been done. */
const lostAnswer =
  (method: Method) =>
  (error: unknown): never => {
    throw method === 'GET' ? error : new Unanswered();
  };

/** The sign-in page that leads back to this page. @param again for a signed-in user who must confirm who they are. */
export const loginPath = (again = false): string =>
  `/login?${again ? 'again&' : ''}${new URLSearchParams({ next: location.pathname + location.search })}${location.hash}`;

/** Shows or hides the notice that every bound page holds ready for a browser without the session's key. */
const sayOtherDevice = (isOther: boolean): unknown =>
  document.querySelector('#other-device')?.toggleAttribute('hidden', !isOther);
