import type { Problem } from '#shared/errors/problem.ts';
import type { AnswerOf, Method, Operation } from '#shared/operation/operation.ts';
import { keptKeyPair } from './device-key.ts';
import { fetchInTime } from './fetch-in-time.ts';
import { isEdited } from './is-edited.ts';
import { countTakings, hasSignedInAgain } from './present-session.ts';
import { isBound, prove } from './proof.ts';

/** An operation that is called here, by the type of its declaration. */
export type Answering = Pick<Required<Operation>, 'response'>;

/** The proof of the device's key, where the session is bound to one. Without the key the server names the missing proof. */
async function proofFor(method: Method, path: string): Promise<{ dpop?: string }> {
  const pair = isBound() ? await keptKeyPair().catch(() => undefined) : undefined;
  return pair ? { dpop: await prove(pair, method, path) } : {};
}

/** A problem in place of an answer that did not come, or that is none of ours: the act may have been done (C115). */
export class Unanswered extends Error {
  readonly title: string | undefined = document.body.dataset['noAnswer'];
  readonly detail: string | undefined = document.body.dataset['ifLost'];
}

/** Whether the API gave the answer, and not what stands before it. */
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
    // Somebody reads what is wrong at a page: the answer says what they can do, and not what programs do.
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
  // What is being written stays on the page, which says how to go on; what is read is read again after signing in.
  if (answer.code === 'unauthenticated' && method === 'GET' && !isEdited()) location.assign(loginPath());
  if (answer.code === 'device_mismatch') {
    const isHere = await hasSignedInAgain(takings).catch(() => false);
    sayOtherDevice(!isHere);
    // Nothing was done yet.
    if (isHere) return ask(method, path, body, more);
  }
  throw answer;
}

/** What is lost of a read is read again; anything else may have been done. */
const lostAnswer =
  (method: Method) =>
  (error: unknown): never => {
    throw method === 'GET' ? error : new Unanswered();
  };

/** Where one signs in and comes back to this place. @param again for who is signed in, and is to confirm that it is them. */
export const loginPath = (again = false): string =>
  `/login?${again ? 'again&' : ''}${new URLSearchParams({ next: location.pathname + location.search })}${location.hash}`;

/** Shows what every bound page holds ready for a browser that does not have the session's key. */
const sayOtherDevice = (isOther: boolean): unknown =>
  document.querySelector('#other-device')?.toggleAttribute('hidden', !isOther);
