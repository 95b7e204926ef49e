import { accessToken, signedIn, signIn, signOut } from './sign-in.ts';

const { api = '', relay = '' } = document.documentElement.dataset;
const said = document.querySelector('#said')!;

async function askApi(): Promise<string> {
  const authorization = `Bearer ${await accessToken('https://api.example.com')}`;
  return (await fetch(api, { headers: { authorization } })).text();
}

/** Asks Claude with the person's own key, which stays at Latchkey. */
async function askClaude(): Promise<string> {
  const response = await fetch(`${relay}/claude/v1/messages`, {
    method: 'POST',
    headers: {
      'x-api-key': await accessToken('relay'),
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      model: 'claude-sonnet-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'What is a latchkey?' }],
    }),
  });
  const { content, error } = (await response.json()) as {
    content: { text: string }[];
    error: { message: string };
  };
  if (!response.ok) throw new Error(error.message);
  return content.map(({ text }) => text).join('');
}

const say = (text: string): void => void (said.textContent = text);
const acts: Record<string, () => Promise<void>> = {
  'sign-in': signIn,
  'ask-api': async () => say(await askApi()),
  'ask-claude': async () => say(await askClaude()),
  'sign-out': async () => signOut(),
};
for (const button of document.querySelectorAll('button'))
  button.addEventListener('click', () => void acts[button.id]!().catch((error: Error) => say(error.message)));

const person = await signedIn().catch((error: Error) => say(error.message));
if (person) say(`Hello, ${String(person['preferred_username'])}`);
for (const button of document.querySelectorAll('button'))
  button.hidden = (button.id === 'sign-in') === Boolean(person);
