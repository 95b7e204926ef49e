import type { KeyFacts } from './key.ts';

/** Commands that get an access token for the relay with a session of a program. */
export const tokenSnippet = (origin: string): string => `SESSION=$(curl -s ${origin}/v1/sessions \\
  -H 'content-type: application/json' \\
  -d '{"login":"NAME","password":"PASSWORD","transport":"token"}' | jq -r .session.token)
TOKEN=$(curl -s ${origin}/v1/tokens -H "authorization: Bearer $SESSION" \\
  -H 'content-type: application/json' -d '{"audience":"relay"}' | jq -r .token)
export TOKEN`;

const ask = 'Hello';

const anthropic = (base: string): Record<string, string> => ({
  curl: `curl ${base}/v1/messages -H "x-api-key: $TOKEN" \\
  -H 'anthropic-version: 2023-06-01' -H 'content-type: application/json' \\
  -d '{"model":"claude-sonnet-5","max_tokens":200,"messages":[{"role":"user","content":"${ask}"}]}'`,
  Python: `import os
from anthropic import Anthropic

client = Anthropic(api_key=os.environ["TOKEN"], base_url="${base}")
answer = client.messages.create(
    model="claude-sonnet-5",
    max_tokens=200,
    messages=[{"role": "user", "content": "${ask}"}],
)
print(answer.content)`,
  'Node.js': `import { env } from 'node:process';
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({ apiKey: env.TOKEN, baseURL: '${base}' });
const answer = await client.messages.create({
  model: 'claude-sonnet-5',
  max_tokens: 200,
  messages: [{ role: 'user', content: '${ask}' }],
});
console.log(answer.content);`,
});

const openai = (base: string, model: string): Record<string, string> => ({
  curl: `curl ${base}/chat/completions -H "authorization: Bearer $TOKEN" \\
  -H 'content-type: application/json' \\
  -d '{"model":"${model}","messages":[{"role":"user","content":"${ask}"}]}'`,
  Python: `import os
from openai import OpenAI

client = OpenAI(api_key=os.environ["TOKEN"], base_url="${base}")
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${ask}"}],
)
print(answer.choices[0].message.content)`,
  'Node.js': `import { env } from 'node:process';
import OpenAI from 'openai';

const client = new OpenAI({ apiKey: env.TOKEN, baseURL: '${base}' });
const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: '${ask}' }],
});
console.log(answer.choices[0].message.content);`,
});

const chat = '/chat/completions';

/** A question to a service through the relay, for each client. If no client here knows the service's questions, there is only curl. */
export function callSnippets(
  relay: string,
  service: string,
  { client, question }: KeyFacts['services'][string],
): Record<string, string> {
  const base = `${relay}/${service}`;
  const path = question?.replace(/^(GET|POST) /, '') ?? '';
  if (client === 'anthropic' && path === '/v1/messages') return anthropic(base);
  if (path.endsWith(chat))
    return openai(base + path.slice(0, -chat.length), service === 'chatgpt' ? 'gpt-5.2' : 'MODEL');
  return {
    curl: `curl ${base}${path} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '{}'`,
  };
}
