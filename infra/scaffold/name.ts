import { dirname, relative } from 'node:path';
import { nearest } from '#shared/errors/nearest.ts';
import { maxIdLength } from '../check-operations.ts';
import type { Entry } from '../entry.ts';
import { Mistakes } from '../mistakes.ts';

const wellFormed = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The most likely meaning of a name that is not `resource/verb`. */
function suggestion(name: string): string | undefined {
  const words = name
    .replace(/^\.?\/?functions\//, '')
    .replace(/\.ts$/, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[_\s]+/g, '-')
    .toLowerCase();
  const parted = words.includes('/') ? words : words.replace(/-([^-]+)$/, '/$1');
  return wellFormed.test(parted) ? parted : undefined;
}

/** The resource that a mistyped one most likely means. A slip rarely changes the first letter; another word often differs in it. */
function nearResource(resource: string, known: readonly string[]): string | undefined {
  if (known.includes(resource)) return undefined;
  return nearest(
    resource,
    known.filter(([first]) => first === resource[0]),
  );
}

/**
 * @param functions the folder of all operations.
 * @param isNewResource whether the resource is new on purpose, however close its name is to another.
 * @throws Mistakes if the name of a new operation is malformed, is taken, or looks mistyped.
 */
export function checkName(
  name: string,
  entries: readonly Entry[],
  functions: string,
  isNewResource: boolean,
): void {
  if (!wellFormed.test(name)) {
    const meant = suggestion(name);
    const hint = meant === undefined ? 'such as invite/archive.' : `did you mean ${meant}?`;
    throw new Mistakes([`"${name}" is not RESOURCE/VERB in lower-case words: ${hint}`]);
  }
  const [resource = '', verb] = name.split('/');
  const id = name.replace('/', '-');
  if (id.length > maxIdLength) throw new Mistakes([`${id} is longer than ${maxIdLength} characters.`]);
  const same = entries.find((entry) => entry.id === id);
  if (same) throw new Mistakes([`${id} exists already: functions/${relative(functions, same.file)}.`]);
  const resources = entries.map(({ file }) => relative(functions, dirname(file)));
  const near = isNewResource ? undefined : nearResource(resource, resources);
  if (near !== undefined)
    throw new Mistakes([
      `There is no functions/${resource}/: did you mean ${near}/${verb}?`,
      `If ${resource} is a resource of its own: npm run new ${name} -- --new-resource`,
    ]);
}
