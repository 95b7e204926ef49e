import type { Facts } from './facts.ts';

/**
 * Why the release `next` cannot follow `last` on the same data, or cannot be rolled back to `last`, in sentences; none if
 * it can. A release keeps what it stops using, and the release after it may remove that.
 */
export function breachesOf(last: Facts, next: Facts): string[] {
  const uses = new Set(last.uses);
  return [
    ...Object.entries(last.tables).flatMap(([id, table]) =>
      breachesOfTable(id, table, next.tables[id], uses),
    ),
    ...Object.entries(last.keys).flatMap(([id, key]) => {
      const now = next.keys[id];
      if (now === undefined) return uses.has(`${id}Arn`) ? [early(`the key ${id}`)] : [];
      return now === key
        ? []
        : [`The key ${id} was ${key} and is ${now}: it would be made anew, and what it protects lost.`];
    }),
    ...last.outputs
      .filter((name) => !next.outputs.includes(name) && uses.has(name))
      .map((name) => early(`the output ${name}`)),
  ];
}

const early = (what: string): string =>
  `${what.charAt(0).toUpperCase()}${what.slice(1)} goes in the release that stops using it: keep it for one more, so that it can be rolled back.`;

type Table = Facts['tables'][string];

function breachesOfTable(id: string, was: Table, is: Table | undefined, uses: ReadonlySet<string>): string[] {
  if (!is) return uses.has(`${id}Name`) || uses.has(`${id}Arn`) ? [early(`the table ${id}`)] : [];
  const wrong: string[] = [];
  if (is.keys !== was.keys)
    wrong.push(
      `The keys of ${id} were ${was.keys} and are ${is.keys}: it would be made anew, without its rows.`,
    );
  if (is.expiry !== was.expiry)
    wrong.push(`${id} lets rows expire by ${is.expiry}, and did by ${was.expiry}.`);
  if (is.stream !== was.stream && was.stream !== 'null')
    wrong.push(
      `The stream of ${id} was ${was.stream} and is ${is.stream}: what is in it and not read yet would be lost.`,
    );
  const [before, after] = [Object.entries(was.indexes), Object.keys(is.indexes)];
  for (const [name, index] of before) {
    const now = is.indexes[name];
    if (now === undefined && uses.has(`${id}/${name}`)) wrong.push(early(`the index ${name} of ${id}`));
    if (now !== undefined && now !== index)
      wrong.push(`The index ${name} of ${id} is another than it was: give the new one a name of its own.`);
  }
  const changes = [
    ...after.filter((name) => !(name in was.indexes)),
    ...before.filter(([name]) => !(name in is.indexes)).map(([name]) => name),
  ];
  if (changes.length > 1)
    wrong.push(
      `${id} has ${changes.length} indexes made or removed (${changes.join(', ')}): CloudFormation takes one a deployment.`,
    );
  return wrong;
}
