import * as z from 'zod/mini';
import { serviceFields } from '#shared/deployment/service.ts';
import { settingsSchema } from '#shared/deployment/settings.ts';
import { expectation } from './expectation.ts';
import { unknownSetting } from './unknown-setting.ts';

type Values = Record<string, unknown>;

export const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isField = (name: string): name is keyof typeof serviceFields => Object.hasOwn(serviceFields, name);

/** `object` with `text` at a path, such as `claude.baseUrl`; lists and null are written as JSON. */
export function placed(object: unknown, [name = '', ...path]: readonly string[], text: unknown): Values {
  const before = isObject(object) ? object : {};
  if (path.length > 0) return { ...before, [name]: placed(before[name], path, text) };
  return { ...before, [name]: isField(name) ? meant(name, text) : literal(text) };
}

/** What the field takes: the text itself or the JSON that it is. */
const meant = (name: keyof typeof serviceFields, text: unknown): unknown =>
  serviceFields[name].safeParse(text).success ? text : literal(text);

function literal(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}

/** The mistakes in the setting `services`, in sentences that name the service and the field. */
export function mistakesInServices(services: Values): string[] {
  const wrong = Object.entries(services).flatMap(([service, changes]) => {
    if (changes === null) return [];
    if (!isObject(changes))
      return [`services.${service} must be an object of the service's settings or null.`];
    return Object.entries(changes).flatMap(([name, value]) =>
      mistakesInField(`services.${service}`, name, value),
    );
  });
  if (wrong.length > 0) return wrong;
  const { issues } = settingsSchema.shape.services.safeParse(services).error!;
  return issues.map(({ path }) => `services.${path.join('.')} is missing or not a name in lower case.`);
}

function mistakesInField(place: string, name: string, value: unknown): string[] {
  if (!isField(name))
    return [
      unknownSetting(
        `${place}.${name}`,
        Object.keys(serviceFields).map((one) => `${place}.${one}`),
      ),
    ];
  const field = serviceFields[name];
  if (field.safeParse(value).success) return [];
  return [
    `${place}.${name} must be ${expectation(z.toJSONSchema(field, { io: 'input' }))}; it is ${JSON.stringify(value)}.`,
  ];
}
