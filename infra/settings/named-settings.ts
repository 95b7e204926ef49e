import type * as z from 'zod/mini';
import { appFields } from '#shared/deployment/app.ts';
import { commandLineApp } from '#shared/deployment/command-line-app.ts';
import { domainFields, domainSchema } from '#shared/deployment/domain.ts';
import { proxyFields, proxySchema } from '#shared/deployment/proxy.ts';
import { serviceFields } from '#shared/deployment/service.ts';
import { restoredTableFields } from '#shared/deployment/restored-tables.ts';
import { settingsSchema } from '#shared/deployment/settings.ts';
import { tableNames } from '#shared/deployment/tables.ts';
import { mistaken } from './expectation.ts';
import { unknownSetting } from './unknown-setting.ts';

type Values = Record<string, unknown>;

export const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name that people type into addresses and cells. */
const typedName = `letters in lower case, digits and -, 30 at most, and not ${commandLineApp}`;

/** Settings that hold several things by name, each with fields of its own. */
const named = {
  services: {
    what: 'the service’s settings or null',
    mayBeNull: true,
    fields: serviceFields,
    names: typedName,
  },
  apps: {
    what: 'the app’s settings',
    mayBeNull: false,
    fields: appFields,
    names: typedName,
  },
  restoredTables: {
    what: 'what “latchkey restore” printed',
    mayBeNull: false,
    fields: restoredTableFields,
    names: `one of ${tableNames.join(', ')}`,
  },
} as const;
type Named = keyof typeof named;

export const isNamed = (setting: string): setting is Named => Object.hasOwn(named, setting);

/** Settings that hold one thing with fields of its own. */
const single = {
  domain: { fields: domainFields, schema: domainSchema },
  proxy: { fields: proxyFields, schema: proxySchema },
} as const;
type Single = keyof typeof single;

export const isSingle = (setting: string): setting is Single => Object.hasOwn(single, setting);

type Fields = Readonly<Record<string, z.ZodMiniType>>;
const fieldsOf = (setting: string): Fields => {
  if (isSingle(setting)) return single[setting].fields;
  return isNamed(setting) ? named[setting].fields : {};
};

/** How deeply the objects of a setting are nested: those that have names are objects within an object. */
const depthOf = (setting: string): number => (isNamed(setting) ? 2 : 1);

const takes = (setting: string, value: unknown): boolean =>
  new Map<string, z.ZodMiniType>(Object.entries(settingsSchema.shape)).get(setting)?.safeParse(value)
    .success === true;

/**
 * `object` with `text` at a path, such as `claude.baseUrl` in `services`; lists and null are written as JSON. A value that should be
 * an object and is not one stays as it is, so that its mistake is reported.
 */
export function placed(
  setting: string,
  object: unknown,
  [name = '', ...path]: readonly string[],
  text: unknown,
  depth = depthOf(setting),
): unknown {
  const isWrong = !isObject(object) && object !== undefined && object !== null;
  if (isWrong && depth > 0 && !takes(setting, object)) return object;
  const before = isObject(object) ? object : {};
  if (path.length > 0) return { ...before, [name]: placed(setting, before[name], path, text, depth - 1) };
  return { ...before, [name]: meant(fieldsOf(setting)[name], text) };
}

/** The text itself if the field accepts it, or else the text parsed as JSON. */
const meant = (field: z.ZodMiniType | undefined, text: unknown): unknown =>
  field?.safeParse(text).success ? text : literal(text);

function literal(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}

/** All mistakes in one of the `named` settings, in sentences that name the thing and the field. */
export function mistakesInNamed(setting: Named, values: Values): string[] {
  const { what, mayBeNull, fields, names } = named[setting];
  const told = new Map<string, string>();
  const right: Values = {};
  for (const [name, changes] of Object.entries(values)) {
    const place = `${setting}.${name}`;
    if (changes === null && mayBeNull) continue;
    if (!isObject(changes)) {
      told.set(place, `${place} must be an object of ${what}.`);
      continue;
    }
    for (const [field, value] of Object.entries(changes))
      for (const sentence of mistakesInField(place, fields, field, value))
        told.set(`${place}.${field}`, sentence);
    right[name] = Object.fromEntries(
      Object.entries(changes).filter(([field]) => !told.has(`${place}.${field}`)),
    );
  }
  const issues = () => settingsSchema.shape[setting].safeParse(right).error?.issues ?? [];
  for (const { path } of issues().filter(({ path: { length } }) => length === 1)) {
    const name = String(path[0]);
    told.set(`${setting}.${name}`, `${setting}.${name} is not a name that it can have: ${names}.`);
    delete right[name];
  }
  // Missing fields show only once every name is valid.
  for (const { path } of issues()) {
    const place = `${setting}.${path.join('.')}`;
    if (!told.has(place)) told.set(place, `${place} is missing.`);
  }
  return [...told.values()];
}

/** All mistakes in one of the `single` settings. */
export function mistakesInSingle(setting: Single, value: Values): string[] {
  const { fields, schema } = single[setting];
  const wrong = Object.entries(value).flatMap(([name, one]) => mistakesInField(setting, fields, name, one));
  const missing = (schema.safeParse(value).error?.issues ?? [])
    .filter(({ path }) => path.length === 1 && !Object.hasOwn(value, path[0]!))
    .map(({ path }) => `${setting}.${String(path[0])} is missing.`);
  return [...wrong, ...missing];
}

function mistakesInField(place: string, fields: Fields, name: string, value: unknown): string[] {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field)
    return [
      unknownSetting(
        `${place}.${name}`,
        Object.keys(fields).map((one) => `${place}.${one}`),
      ),
    ];
  if (field.safeParse(value).success) return [];
  return [mistaken(`${place}.${name}`, field, value)];
}
