import { parseArgs } from 'node:util';

/** The options of `npm start`. */
export interface StartOptions {
  /** Print one line of JSON when ready, instead of text for people. */
  json: boolean;
  /** Port of the app, or the next free one after it; 0 for any free port. */
  port: number;
  /** The data directory; undefined for memory only. */
  dataDir: string | undefined;
  store: string | undefined;
  /** Settings of the deployment, as texts. */
  settings: Readonly<Record<string, string>>;
}

const usage =
  'Options: --json, --port NUMBER (0 is any), --memory, --data DIR, --store dynoxide|dynamodb-local|URL, --set KEY=VALUE';

function setting(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`--set wants KEY=VALUE, not ${text}.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Error(`--port wants a number up to 65535, not ${text}.`);
  return port;
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      port: { type: 'string', default: '4800' },
      memory: { type: 'boolean', default: false },
      data: { type: 'string' },
      store: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
    },
  }).values;

/** Reads the options of `npm start`. Throws one line about an option that it does not understand. */
export function readOptions(args: readonly string[]): StartOptions {
  try {
    const { json, port, memory, data, store, set } = parse(args);
    if (memory && data !== undefined)
      throw new Error('--memory keeps nothing and --data does: give one of them');
    return {
      json,
      port: portOf(port),
      dataDir: memory ? undefined : (data ?? '.local'),
      store,
      settings: Object.fromEntries(set.map(setting)),
    };
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw new Error(`${sentence.replace(/\.$/, '')}. ${usage}`, { cause: error });
  }
}
