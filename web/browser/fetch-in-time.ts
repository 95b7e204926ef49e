/** No answer of ours takes so long; where a connection is gone without a word, browsers wait for minutes. */
const patienceMs = 60_000;

/** Fetches a whole answer, and fails where it has not come in time: whoever waits is told what to do. */
export async function fetchInTime(address: string, request: RequestInit): Promise<Response> {
  const giveUp = new AbortController();
  const waiting = setTimeout(() => giveUp.abort(), patienceMs);
  try {
    const answer = await fetch(address, { ...request, signal: giveUp.signal });
    const body = await answer.blob();
    // Some answers may have no body, not even an empty one.
    return new Response(body.size > 0 ? body : null, answer);
  } finally {
    clearTimeout(waiting);
  }
}
