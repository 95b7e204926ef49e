/** No answer of ours takes so long; where a connection is gone without a word, browsers wait for minutes. */
const patienceMs = 60_000;

/** Fetches, and fails where no answer begins in time: whoever waits is told what to do. */
export async function fetchInTime(address: string, request: RequestInit): Promise<Response> {
  const giveUp = new AbortController();
  const waiting = setTimeout(() => giveUp.abort(), patienceMs);
  try {
    return await fetch(address, { ...request, signal: giveUp.signal });
  } finally {
    clearTimeout(waiting);
  }
}
