import { readFileSync } from 'node:fs';

/** The version of Latchkey to which this command belongs. */
export const version = (): string => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};
