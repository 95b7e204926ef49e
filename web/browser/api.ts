/** What the API answers when something is wrong (RFC 9457). */
export interface Problem {
  title: string;
  detail: string;
  errors?: { path: string; message: string }[];
}

/** Calls the API as the signed-in user. @throws Problem */
export async function call<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      'accept-language': document.documentElement.lang,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (response.status === 401) location.assign('/login');
  const answer: unknown = await response.json();
  if (!response.ok) throw answer;
  return answer as T;
}
