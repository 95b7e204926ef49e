import * as z from 'zod/mini';
import { requestErrors } from '#shared/errors/requests.ts';
import { Refused } from '../failures.ts';

/** The part of a problem (RFC 9457) that is shown. A proxy in front of Latchkey may answer without one. */
const problemSchema = z.object({
  title: z.string(),
  detail: z.string(),
  code: z.string(),
  requestId: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});

/** How OAuth's endpoints refuse (RFC 6749, 5.2). */
const oauthSchema = z.object({ error: z.string(), error_description: z.optional(z.string()) });

/** The parsed JSON; undefined if the text is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const otherServer = 'Is it the address of a Latchkey, and of the same version as this command?';

/** The server's `detail` of a `not_found` if it has nothing more exact to say. It does not fit a terminal. */
const lostOnPages: readonly string[] = Object.values(requestErrors.not_found.detail);

/** Paths with an id that the user typed. */
const ofAnId = /^\/v1\/admin\/(invites|users)\/./;

const unknownId = {
  title: 'The server has nothing of this id.',
  detail: 'Ids are shown by: latchkey invites list, latchkey users list',
};
const unknownPath = { title: 'The server does not know what this command asks for.', detail: otherServer };

/** What to say at a terminal instead. */
const lostHere = ({ url }: Response) => (ofAnId.test(new URL(url).pathname) ? unknownId : unknownPath);

function refusal(response: Response, body: unknown): Refused {
  const { status, headers } = response;
  const seconds = headers.get('retry-after') ?? '';
  const retryAfterSeconds = /^\d+$/.test(seconds) ? Number(seconds) : undefined;
  const { data } = problemSchema.safeParse(body);
  const { data: oauth } = oauthSchema.safeParse(body);
  if (oauth)
    return new Refused(status, oauth.error_description ?? `The server answered ${oauth.error}.`, [], {
      problem: oauth.error,
      retryAfterSeconds,
    });
  if (!data)
    return new Refused(status, `The server answered ${status} ${response.statusText}.`, [], {
      retryAfterSeconds,
    });
  const { code, requestId, errors = [] } = data;
  const isLost = code === 'not_found' && lostOnPages.includes(data.detail);
  const { title, detail } = isLost ? lostHere(response) : data;
  const lines = [
    detail,
    ...errors.map(({ path, message }) => `${path}: ${message}`),
    ...(status >= 500 && requestId !== undefined ? [`Request ${requestId}`] : []),
  ];
  return new Refused(status, title, lines, { problem: code, requestId, retryAfterSeconds });
}

/** The answer, checked against the schema. A refusal is thrown in the server's words. */
export async function readAnswer<T>(response: Response, schema: z.ZodMiniType<T>, url: string): Promise<T> {
  const body = parse(await response.text());
  if (!response.ok) throw refusal(response, body);
  const { success, data } = schema.safeParse(body);
  if (success) return data;
  throw new Refused(response.status, `${url} gave an answer that Latchkey does not give.`, [otherServer]);
}
