/** None of our answers takes this long. If a connection is lost silently, browsers wait for minutes. */
const patienceMs = 60_000;

/** Fetches a whole answer. Fails if it does not come in time, so that the user is told what to do. */
export async function fetchInTime(address: string, request: RequestInit): Promise<Response> {
  const giveUp = new AbortController();
  const waiting = setTimeout(() => giveUp.abort(), patienceMs);
  try {
    const answer = await fetch(address, { ...request, signal: giveUp.signal });
    const body = await answer.blob();
    // Answers of some statuses (204) must have no body, not even an empty one.
    return new Response(body.size > 0 ? body : null, answer);
  } finally {
    clearTimeout(waiting);
  }
}
