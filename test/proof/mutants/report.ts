import { explained } from './explained.ts';
import type { Mutant } from './instrument.ts';
import type { Result } from './runs.ts';

const reasons = new Map(explained.map(({ id, reason }) => [id, reason]));

export const isExplained = ({ id }: Mutant): boolean => reasons.has(id);

const isSurvivor = ({ killedBy }: Result): boolean => killedBy === undefined;

/** Survivors without an explanation. */
export const unexplained = (results: readonly Result[]): Result[] =>
  results.filter((result) => isSurvivor(result) && !isExplained(result.mutant));

/** A mutant in two lines: its place, and its change. */
export const describeMutant = ({ id, file, line, from, to }: Mutant): string =>
  `${id} ${file}:${line}\n    ${from}\n    → ${to || '(left out)'}`;

/** The report on a mutant after its trial. */
export function tell({ mutant, reachedBy, killedBy, reason }: Result): string {
  if (killedBy) return `killed   ${mutant.id} ${mutant.file}:${mutant.line} by ${killedBy}: ${reason}`;
  const why = reachedBy === 0 ? 'no test reaches it' : `${reachedBy} tests reach it`;
  return `SURVIVED ${describeMutant(mutant)}\n    ${reasons.get(mutant.id) ?? why}`;
}

const folderOf = ({ file }: Mutant): string => file.split('/')[1]!;

/** Two lines for each folder: for writes to the store, and for everything else. */
export function table(made: readonly Mutant[], results: readonly Result[]): string {
  const rows = [...Map.groupBy(made, folderOf)].flatMap(([folder, all]) =>
    [true, false].map((isOfWrite) => {
      const mutants = all.filter((mutant) => mutant.isOfWrite === isOfWrite);
      const ids = new Set(mutants.map(({ id }) => id));
      const run = results.filter(({ mutant }) => ids.has(mutant.id));
      const survivors = run.filter(isSurvivor);
      const open = unexplained(survivors);
      return [
        `${folder}, ${isOfWrite ? 'store writes' : 'rules'}`,
        mutants.length,
        run.length,
        run.length - survivors.length,
        survivors.length - open.length,
        open.length,
      ];
    }),
  );
  return [
    '|  | made | run | killed | survived, explained | survived |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}
