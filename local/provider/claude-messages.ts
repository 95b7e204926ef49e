import type {
  Message,
  MessageTokensCount,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';
import { eventsAnswer, jsonAnswer, namedEvent, type ProviderAnswer, type ProviderCall } from './answer.ts';
import { idOf, pieces, replyTo, tokensIn } from './conversation.ts';
import { readBody, required } from './fields.ts';

function read({ body }: ProviderCall, further: readonly string[] = []): Record<string, unknown> {
  const fields = readBody(body, 'The request body is not valid JSON');
  return required(fields, ['model', 'messages', ...further], (name) => ({
    message: `${name}: Field required`,
  }));
}

/** `POST /v1/messages/count_tokens` */
export function countTokens(call: ProviderCall): ProviderAnswer {
  const { messages } = read(call);
  return jsonAnswer(200, { input_tokens: tokensIn(messages) } satisfies MessageTokensCount);
}

/** `POST /v1/messages`, whole or as events. */
export function createMessage(call: ProviderCall): ProviderAnswer {
  const { model, messages, stream } = read(call, ['max_tokens']);
  const text = replyTo('Claude', messages);
  const message: Message = {
    id: idOf('msg', call.body),
    type: 'message',
    role: 'assistant',
    model: String(model),
    content: [{ type: 'text', text, citations: null }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage: {
      input_tokens: tokensIn(messages),
      output_tokens: tokensIn(text),
      output_tokens_details: null,
      cache_creation: null,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      inference_geo: null,
      server_tool_use: null,
      service_tier: 'standard',
      speed: null,
    },
  };
  return stream === true
    ? eventsAnswer([...events(message, text)].map(namedEvent))
    : jsonAnswer(200, message);
}

function* events(message: Message, text: string): Generator<RawMessageStreamEvent | { type: 'ping' }> {
  const { usage } = message;
  const started = { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } };
  yield { type: 'message_start', message: started };
  yield { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } };
  yield { type: 'ping' };
  for (const piece of pieces(text))
    yield { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } };
  yield { type: 'content_block_stop', index: 0 };
  yield {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null, container: null },
    usage,
  };
  yield { type: 'message_stop' };
}
