import type { FieldMistake } from '../errors/failure.ts';
import type { Services } from '../deployment/services.ts';
import type { Service } from '../deployment/service.ts';

/** Longest API key that is accepted, in characters; keys of today's providers have some 160. */
export const maxKeyLength = 512;

const isWhole = (key: string, pattern: string): boolean => RegExp(`^(?:${pattern})$`, 'u').test(key);

/** Whether a service's keys can be told from others, which is not so if the service takes any text. */
const hasShape = ({ keyPattern }: Service): boolean => !isWhole('-', keyPattern);

/** The first mistake in a key, as typed for a service, that its owner can correct; undefined if the key has none. */
export function mistakeInKey(
  key: string,
  service: string,
  { services, keyMinLength }: { services: Services; keyMinLength: number },
): Omit<FieldMistake, 'path'> | undefined {
  const own = services[service]!;
  if (key === '') return { text: 'keyMissing' };
  if (!/^[\x21-\x7e]+$/.test(key)) return { text: 'keyCharacters' };
  if (key.length < keyMinLength) return { text: 'keyShort' };
  if (isWhole(key, own.keyPattern)) return undefined;
  const other = Object.values(services).find((one) => hasShape(one) && isWhole(key, one.keyPattern));
  return other
    ? { text: 'keyOfOther', values: { service: own.title, other: other.title } }
    : { text: 'keyShape', values: { service: own.title } };
}
