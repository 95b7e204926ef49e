import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from './named-settings.ts';
import { parseJson } from './parse-json.ts';

/** The operator's own settings, beside `cdk.json` and not tracked by git. */
export interface SettingsFile {
  name: string;
  values: Readonly<Record<string, unknown>>;
  /** What is wrong with the file itself, in sentences. */
  mistakes: readonly string[];
}

/** Each stage has its own file and takes nothing from another stage's: an address or a sender belongs to one deployment. */
export const settingsFileName = (stage: string | null): string =>
  stage === null ? 'latchkey.json' : `latchkey.${stage}.json`;

/** The settings file of a stage; undefined if there is none. */
export function readSettingsFile(directory: string, stage: string | null): SettingsFile | undefined {
  const name = settingsFileName(stage);
  const wrong = (mistake: string): SettingsFile => ({ name, values: {}, mistakes: [mistake] });
  let text;
  try {
    // Windows editors may begin a file with a byte order mark.
    text = readFileSync(join(directory, name), 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    return wrong(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const parsed = parseJson(text);
  if ('mistake' in parsed) return wrong(`${name} is not JSON: ${parsed.mistake}`);
  const { value } = parsed;
  if (!isObject(value)) return wrong(`${name} must hold one object: { "region": "eu-central-1", … }.`);
  const told = value['stage'] ?? stage;
  if (stage !== null && told !== stage)
    return wrong(`${name} is the file of the stage ${stage}, but says "stage": ${JSON.stringify(told)}.`);
  return { name, values: value, mistakes: [] };
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
