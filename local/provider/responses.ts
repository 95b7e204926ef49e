import type { Response, ResponseOutputMessage } from 'openai/resources/responses/responses';
import { eventsAnswer, jsonAnswer, namedEvent, type ProviderAnswer, type ProviderCall } from './answer.ts';
import { missing, notJson } from './chat-completions.ts';
import { idOf, pieces, replyTo, tokensIn } from './conversation.ts';
import { readBody, required } from './fields.ts';

/** The response as sent: the client itself assembles `output_text`. */
type SentResponse = Omit<Response, 'output_text'>;

/** `POST /v1/responses`, whole or as events. */
export function createResponse({ body, now }: ProviderCall): ProviderAnswer {
  const { model, input, stream } = required(readBody(body, notJson), ['model', 'input'], missing);
  const text = replyTo('ChatGPT', input);
  const [used, made] = [tokensIn(input), tokensIn(text)];
  const item: ResponseOutputMessage = {
    id: idOf('msg', body),
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
  };
  const response: SentResponse = {
    id: idOf('resp', body),
    object: 'response',
    created_at: Math.floor(now / 1000),
    status: 'completed',
    access_programs: null,
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: String(model),
    output: [item],
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    usage: {
      input_tokens: used,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: made,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: used + made,
    },
  };
  if (stream !== true) return jsonAnswer(200, response);
  const numbered = [...events(response, item, text)].map((event, at) => ({ ...event, sequence_number: at }));
  return eventsAnswer(numbered.map(namedEvent));
}

function* events(
  response: SentResponse,
  item: ResponseOutputMessage,
  text: string,
): Generator<{ type: string }> {
  const { usage: _, ...rest } = response;
  const begun = { ...rest, status: 'in_progress', output: [] };
  const place = { item_id: item.id, output_index: 0, content_index: 0 };
  const part = { type: 'output_text', text: '', annotations: [], logprobs: [] };
  const event = (type: string, fields: object) => ({ type: `response.${type}`, ...fields });
  yield event('created', { response: begun });
  yield event('in_progress', { response: begun });
  yield event('output_item.added', {
    output_index: 0,
    item: { ...item, status: 'in_progress', content: [] },
  });
  yield event('content_part.added', { ...place, part });
  for (const delta of pieces(text)) yield event('output_text.delta', { ...place, delta, logprobs: [] });
  yield event('output_text.done', { ...place, text, logprobs: [] });
  yield event('content_part.done', { ...place, part: { ...part, text } });
  yield event('output_item.done', { output_index: 0, item });
  yield event('completed', { response });
}
