import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import { jsonAnswer, Refusal, type ProviderAnswer, type ProviderCall } from './answer.ts';

const model = (size: string): ModelInfo => ({
  type: 'model',
  id: `claude-stand-in-${size}`,
  display_name: `Claude (stand-in, ${size})`,
  created_at: '2026-01-01T00:00:00Z',
  capabilities: null,
  deprecated_at: null,
  lifecycle: 'active',
  line: null,
  max_input_tokens: 200_000,
  max_tokens: 64_000,
  retires_at: null,
});

const models = ['large', 'medium', 'small'].map(model);

function placeOf(id: string): number {
  const place = models.findIndex((one) => one.id === id);
  if (place < 0) throw new Refusal(400, `cursor: there is no model ${id}`);
  return place;
}

/** `GET /v1/models`: a page of the models that the stand-in lists. It also answers calls that name any other model. */
export function listModels({ query }: ProviderCall): ProviderAnswer {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000)
    throw new Refusal(400, 'limit: Input should be from 1 to 1000');
  const [after, before] = [query.get('after_id'), query.get('before_id')];
  const start = after === null ? 0 : placeOf(after) + 1;
  const end = before === null ? models.length : placeOf(before);
  const found = models.slice(start, end);
  // With `before_id`, the page is the one directly before the cursor.
  const data = before === null ? found.slice(0, limit) : found.slice(-limit);
  return jsonAnswer(200, {
    data,
    has_more: data.length < found.length,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  });
}
