import { Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { second } from '../clock.ts';
import { openRequest } from '../provider/open-request.ts';

/** Milliseconds within which a connection must stand. */
const connecting = 5 * second;

/** Connections are kept between the calls of one Lambda instance. */
const agents = {
  'http:': new Agent({ keepAlive: true }),
  'https:': new SecureAgent({ keepAlive: true }),
};

interface Call {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: Buffer;
  /** Milliseconds for which the provider may be silent, and until when all must be over (milliseconds on the clock). */
  silence: number;
  deadline: number;
  now: number;
}

/** The provider gave no answer, or none that could be read to its end. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';
  /** `unreached`: it knows nothing of the call. `silent`: it took too long. `broken`: what came was no whole answer. */
  readonly how: 'unreached' | 'silent' | 'broken';

  constructor(how: ProviderFailure['how'], cause?: unknown) {
    super(how, { cause });
    this.how = how;
  }
}

/**
 * Sends one call to a provider. Redirects are not followed: the key is for this host alone.
 * @returns the answer as soon as its head is there; reading its body throws ProviderFailure where it breaks off.
 * @throws ProviderFailure
 */
export async function callProvider(call: Call): Promise<IncomingMessage> {
  const first = open(call, agents[call.url.protocol as keyof typeof agents]);
  try {
    return await first.answer;
  } catch (error) {
    // A kept connection that the provider had closed meanwhile: it has not seen the call.
    const wasStale = first.request.reusedSocket && isReset(error);
    if (!wasStale) throw error;
    return await open(call, undefined).answer;
  }
}

const isReset = (error: unknown): boolean =>
  error instanceof ProviderFailure && (error.cause as { code?: string } | undefined)?.code === 'ECONNRESET';

interface Opened {
  request: ClientRequest;
  answer: Promise<IncomingMessage>;
}

function open(
  { url, method, headers, body, silence, deadline, now }: Call,
  agent: Agent | undefined,
): Opened {
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
  const request = openRequest(url, {
    method,
    headers: { ...headers, ...length },
    agent: agent ?? false,
    timeout: silence,
  });
  let isConnected = false;
  let response: IncomingMessage | undefined;
  const give = (how: ProviderFailure['how']) => () =>
    void (response ?? request).destroy(new ProviderFailure(how));
  const timers = [
    setTimeout(() => isConnected || give('unreached')(), connecting),
    setTimeout(give('silent'), Math.max(0, deadline - now)),
  ];
  request.once('socket', (socket) => {
    if (!socket.connecting) isConnected = true;
    else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (isConnected = true));
  });
  request.once('timeout', give('silent'));
  request.once('close', () => timers.forEach(clearTimeout));
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', (message) => resolve((response = message)));
    request.on('error', (error) =>
      reject(
        error instanceof ProviderFailure
          ? error
          : new ProviderFailure(isConnected ? 'broken' : 'unreached', error),
      ),
    );
  });
  request.end(body);
  return { request, answer };
}

/** The body of an answer, part by part. @throws ProviderFailure where it breaks off. */
export async function* bodyOf(answer: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    for await (const part of answer) yield part as Buffer;
  } catch (error) {
    throw error instanceof ProviderFailure ? error : new ProviderFailure('broken', error);
  }
}
