import { readable } from '../others-words.ts';

/** Larger requests are passed on unread: the model's name is not worth the time to parse them. */
const maxReadBytes = 262_144;

/** No model has a longer name. */
const maxLength = 100;

/** The model that a request asks, from the JSON field that all our providers' APIs share; undefined if it cannot be read. */
export function askedModel(body: Buffer): string | undefined {
  if (body.length > maxReadBytes) return undefined;
  try {
    const { model } = Object(JSON.parse(body.toString())) as { model?: unknown };
    const name = typeof model === 'string' ? readable(model) : '';
    return name === '' || name.length > maxLength ? undefined : name;
  } catch {
    return undefined;
  }
}
