import { readable } from '../others-words.ts';

/** Larger requests are passed on unread: what is told about them is not worth the time. */
const maxReadBytes = 262_144;

/** Longer names are no model's. */
const maxLength = 100;

/** The model that a request asks, as all our providers' APIs have it in their JSON; undefined where it cannot be told. */
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
