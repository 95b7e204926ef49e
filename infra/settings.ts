import * as z from 'zod/mini';
import { parseSettings, settingsSchema, type Settings } from '#shared/deployment/settings.ts';
import { Mistakes } from './mistakes.ts';
import { expectation } from './expectation.ts';
import { isNamed, isObject, mistakesInNamed, placed } from './named-settings.ts';
import { unknownSetting } from './unknown-setting.ts';

/** Key of the settings in the CDK context, and prefix of single ones: `-c latchkey:inviteDays=14`. */
const contextKey = 'latchkey';
const prefix = `${contextKey}:`;

/** Only the local stack sets it; it lifts the limits of a deployment. */
const localKey = `${prefix}local`;

type Values = Record<string, unknown>;

/** Whether the app is synthesized for the local stack rather than for a deployment. */
export const isLocal = (context: Readonly<Values>): boolean => String(context[localKey]) === 'true';

const fields = settingsSchema.shape;
type Key = keyof typeof fields;
const isKey = (key: string): key is Key => Object.hasOwn(fields, key);

/**
 * The settings that a CDK context holds: the object `latchkey`, over it single values `latchkey:KEY`.
 * @throws Mistakes all that is wrong with them, at once.
 */
export function readSettings(context: Readonly<Values>): Settings {
  const object = context[contextKey] ?? {};
  if (typeof object !== 'object' || Array.isArray(object))
    throw new Mistakes([`The context "${contextKey}" must be an object of settings.`]);
  // A whole setting before a part of it, which adds to it.
  const single = Object.entries(context)
    .filter(([key]) => key.startsWith(prefix) && key !== localKey)
    .toSorted(([a], [b]) => Number(a.includes('.')) - Number(b.includes('.')));
  const values: Values = { ...object };
  for (const [key, value] of single) {
    const [name = '', ...path] = key.slice(prefix.length).split('.');
    values[name] = path.length === 0 ? coerced(name, value) : placed(name, values[name], path, value);
  }
  const wrong = [
    ...Object.entries(values).flatMap(([key, value]) => mistakeOf(key, value)),
    ...(isLocal(context) ? [] : refusals(values)),
  ];
  if (wrong.length > 0) throw new Mistakes(wrong);
  return parseSettings(values);
}

/** Values of a command line are text: where the setting takes no such text, its number, boolean or null is meant. */
function coerced(key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !isKey(key) || fields[key].safeParse(value).success) return value;
  try {
    const literal: unknown = JSON.parse(value);
    return isObject(literal) === isNamed(key) ? literal : value;
  } catch {
    return value;
  }
}

function mistakeOf(key: string, value: unknown): string[] {
  if (!isKey(key)) return [unknownSetting(key, Object.keys(fields))];
  if (fields[key].safeParse(value).success) return [];
  if (isNamed(key) && isObject(value)) return mistakesInNamed(key, value);
  return [
    `${key} must be ${expectation(z.toJSONSchema(fields[key], { io: 'input' }))}; it is ${JSON.stringify(value)}.`,
  ];
}

/** The values that the schema allows for the local stack but no deployment may have. */
function refusals({ rates, bcryptCost, origin, services }: Values): string[] {
  const plain = isObject(services)
    ? Object.entries(services).filter(
        ([, service]) => isObject(service) && /^\s*http:/i.test(String(service['baseUrl'])),
      )
    : [];
  return [
    ...plain.map(([name]) => `services.${name}.baseUrl must begin with https:// in a deployment.`),
    ...(rates === 'off' ? ['rates must be "on" in a deployment; "off" is for the local stack.'] : []),
    ...(Number(bcryptCost) < 12
      ? ['bcryptCost must be 12 or more in a deployment; less is for the local stack.']
      : []),
    ...(String(origin).startsWith('http:') ? ['origin must begin with https:// in a deployment.'] : []),
  ];
}
