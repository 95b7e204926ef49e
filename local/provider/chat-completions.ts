import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import { isObject } from '../base/is-object.ts';
import { bareEvent, eventsAnswer, jsonAnswer, type ProviderAnswer, type ProviderCall } from './answer.ts';
import { idOf, pieces, replyTo, tokensIn } from './conversation.ts';
import { readBody, required } from './fields.ts';

/** OpenAI's error for a missing field. */
export const missing = (name: string) =>
  name === 'model'
    ? { message: 'you must provide a model parameter' }
    : { message: `Missing required parameter: '${name}'.`, param: name, code: 'missing_required_parameter' };

export const notJson =
  'We could not parse the JSON body of your request. (HINT: This likely means you aren’t using your HTTP library correctly.)';

/** `POST /v1/chat/completions`, whole or as chunks. */
export function createChatCompletion({ body, now }: ProviderCall): ProviderAnswer {
  const fields = required(readBody(body, notJson), ['model', 'messages'], missing);
  const text = replyTo('ChatGPT', fields['messages']);
  const usage = usageOf(tokensIn(fields['messages']), tokensIn(text));
  const common = {
    id: idOf('chatcmpl', body),
    created: Math.floor(now / 1000),
    model: String(fields['model']),
  };
  if (fields['stream'] !== true) {
    const message = { role: 'assistant' as const, content: text, refusal: null, annotations: [] };
    return jsonAnswer(200, {
      ...common,
      object: 'chat.completion',
      choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
      usage,
      service_tier: 'default',
    } satisfies ChatCompletion);
  }
  const options = fields['stream_options'];
  const wantsUsage = isObject(options) && options['include_usage'] === true;
  const chunk = (delta: ChatCompletionChunk.Choice.Delta, finish: 'stop' | null = null) => ({
    ...common,
    object: 'chat.completion.chunk' as const,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...(wantsUsage && { usage: null }),
  });
  const chunks: ChatCompletionChunk[] = [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...pieces(text).map((content) => chunk({ content })),
    chunk({}, 'stop'),
    ...(wantsUsage ? [{ ...chunk({}), choices: [], usage }] : []),
  ];
  return eventsAnswer([...chunks.map(bareEvent), 'data: [DONE]\n\n']);
}

const usageOf = (prompt: number, completion: number): CompletionUsage => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
});
