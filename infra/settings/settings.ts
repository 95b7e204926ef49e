import { parseSettings, settingsSchema, type DeploymentSettings } from '#shared/deployment/settings.ts';
import { mistakesInMail } from '../mail/mistakes-in-mail.ts';
import { Mistakes } from '../mistakes.ts';
import { mistaken } from './expectation.ts';
import { contradictionsIn } from './contradictions.ts';
import { isNamed, isObject, isSingle, mistakesInNamed, mistakesInSingle, placed } from './named-settings.ts';
import { refusals } from './refused-settings.ts';
import type { SettingsFile } from './settings-file.ts';
import { unknownSetting } from './unknown-setting.ts';

/** Key of the settings in the CDK context, and prefix of single ones: `-c latchkey:inviteDays=14`. */
const contextKey = 'latchkey';
const prefix = `${contextKey}:`;

/** Only the local stack sets this key. It lifts the limits of a deployment. */
const localKey = `${prefix}local`;

type Values = Record<string, unknown>;

/** Whether the app is synthesized for the local stack rather than for a deployment. */
export const isLocal = (context: Readonly<Values>): boolean => String(context[localKey]) === 'true';

const fields = settingsSchema.shape;
type Key = keyof typeof fields;
const isKey = (key: string): key is Key => Object.hasOwn(fields, key);

/** The stage that a CDK context names. Its form is not checked here. */
export function stageOf(context: Readonly<Values>): string | null {
  const { [contextKey]: object, [`${prefix}stage`]: single } = context;
  const stage = single ?? (isObject(object) ? object['stage'] : null);
  return typeof stage === 'string' && stage !== 'null' ? stage : null;
}

/**
 * The settings that a CDK context holds: the object `latchkey` of `cdk.json`, over it the operator's file, over both single
 * values `latchkey:KEY` of the command line.
 * @throws Mistakes with all mistakes in them at once, each with its place.
 */
export function readSettings(context: Readonly<Values>, file?: SettingsFile): DeploymentSettings {
  const object = context[contextKey] ?? {};
  if (!isObject(object)) throw new Mistakes([`The context "${contextKey}" must be an object of settings.`]);
  const values: Values = { ...object, ...file?.values };
  /** The sources of the settings that do not come from `cdk.json`. */
  const places = new Map(Object.keys(file?.values ?? {}).map((key) => [key, file!.name]));
  for (const [key, value] of singlesIn(context)) {
    const [name = '', ...path] = key.slice(prefix.length).split('.');
    values[name] = path.length === 0 ? coerced(name, value) : placed(name, values[name], path, value);
    const under = path.length > 0 && places.get(name);
    places.set(name, under && under !== commandLine ? `${under} and ${commandLine}` : commandLine);
  }
  const wrong = [
    ...Object.entries(values).flatMap(([key, value]) =>
      mistakeOf(key, value).map((sentence) => ({ key, sentence })),
    ),
    ...mistakesInMail(values).map((sentence) => ({ key: 'mailFrom', sentence })),
    ...(isLocal(context) ? [] : refusals(values)),
  ].map(({ key, sentence }) => {
    const place = isLocal(context) ? undefined : places.get(key);
    return place === undefined ? sentence : `${place}: ${sentence}`;
  });
  const all = [...(file?.mistakes ?? []), ...wrong];
  if (all.length > 0) throw new Mistakes(all);
  const settings = parseSettings(values);
  const contradictions = isLocal(context) ? [] : contradictionsIn(settings);
  if (contradictions.length > 0) throw new Mistakes(contradictions);
  return settings;
}

const commandLine = 'command line';

/** Single values, ordered so that a whole setting comes before its parts, which add to it. */
const singlesIn = (context: Readonly<Values>): [string, unknown][] =>
  Object.entries(context)
    .filter(([key]) => key.startsWith(prefix) && key !== localKey)
    .toSorted(([a], [b]) => Number(a.includes('.')) - Number(b.includes('.')));

/** Values of a command line are text. If the setting does not accept the text, its JSON value is meant, such as a number or null. */
function coerced(key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !isKey(key) || fields[key].safeParse(value).success) return value;
  try {
    const literal: unknown = JSON.parse(value);
    if (fields[key].safeParse(literal).success) return literal;
    const wantsObject = isNamed(key) || (isSingle(key) && literal !== null);
    return isObject(literal) === wantsObject ? literal : value;
  } catch {
    return value;
  }
}

function mistakeOf(key: string, value: unknown): string[] {
  if (!isKey(key)) return [unknownSetting(key, Object.keys(fields))];
  if (fields[key].safeParse(value).success) return [];
  if (isNamed(key) && isObject(value)) return mistakesInNamed(key, value);
  if (isSingle(key) && isObject(value)) return mistakesInSingle(key, value);
  return [mistaken(key, fields[key], value)];
}
