import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { holds, type Figure } from './harness/measure.ts';

/** The page with the figures of all benchmarks. Everything except its two tables is written by hand. */
const file = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: new URL('..', import.meta.url) })
    .toString()
    .trim();

const row = (...cells: string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const figureRow = (name: string, figure: Figure): string => {
  const { what, value, unit, bound } = figure;
  const mark = bound ? (holds(figure) ? '✓' : '**missed**') : '';
  return row(
    name,
    what,
    `${value.toFixed(2)} ${unit}`.trim(),
    bound ? `at ${bound.at} ${bound.value}` : '',
    mark,
  );
};

/** Which code ran where: the commit, the day, the processor, and the machine's load. */
const circumstances = (name: string): string => {
  const changed = git('status', '--porcelain', '--', '.', ':!docs') === '' ? '' : ' and changes';
  const { model } = cpus()[0]!;
  return row(
    name,
    git('rev-parse', '--short', 'HEAD') + changed,
    new Date().toISOString().slice(0, 10),
    `${availableParallelism()} × ${model.trim()}, Node ${process.versions.node}`,
    loadavg()[1]!.toFixed(1),
  );
};

/** Replaces the rows of a table that begin with `name`, and orders all rows by `names`. The table has two heading lines. */
function replaceRows(
  text: string,
  heading: string,
  name: string,
  rows: readonly string[],
  names: readonly string[],
): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|') && line.includes(heading)) + 2;
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  const nameOf = (line: string): string => line.split('|')[1]!.trim();
  const kept = lines.slice(start, start + length).filter((line) => nameOf(line) !== name);
  const all = [...kept, ...rows];
  lines.splice(start, length, ...names.flatMap((one) => all.filter((line) => nameOf(line) === one)));
  return lines.join('\n');
}

/** Replaces a benchmark's previous figures on the page. */
export async function writePage(
  name: string,
  figures: readonly Figure[],
  names: readonly string[],
): Promise<void> {
  const rows = figures.map((figure) => figureRow(name, figure));
  const withFigures = replaceRows(readFileSync(file, 'utf8'), 'bound', name, rows, names);
  const text = replaceRows(withFigures, 'commit', name, [circumstances(name)], names);
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
