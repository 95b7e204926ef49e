import { command } from '../command.ts';
import { Ending, exit } from '../failures.ts';
import { applyChunks } from '../invites/apply-chunks.ts';
import { chunksOf, knownOf } from '../invites/chunks.ts';
import { countsOf, hasFailed, tally } from '../invites/count-results.ts';
import { checkTable, writeTable, type Link } from '../invites/link-table.ts';
import { readPeople } from '../invites/people.ts';
import { openRun, runPath } from '../invites/run-file.ts';
import { interruption } from '../terminal/interruption.ts';

const goesOn = (error: unknown): unknown =>
  error instanceof Ending && error.code !== exit.interrupted
    ? new Ending(error.code, error.message, [
        ...error.lines,
        'What was done is kept; the same command goes on.',
      ])
    : error;

export const apply = command({
  name: 'apply',
  summary: 'Invites the people of a CSV file, each once, however often it is run.',
  operands: '<FILE>',
  options: {
    out: { value: 'FILE', text: 'write email,url,code,result of everybody to this CSV file at the end' },
    'no-send': { text: 'send no mail: hand the links over yourself' },
    'new-run': { text: 'begin anew, after a change of the file or for another server' },
  },
  notes: `
The file is as for "plan". How far it has come is kept beside it, in FILE.latchkey.json: whatever kills the command, run
it again and it ends in the same state, with one invite and one mail for each address. A finished run does nothing more.
Lines with the same role, note, locale and days go together, 100 in a request; a deployment takes 120 requests a minute.`,
  async run({ operands: [file = ''], options, out, server: connect }) {
    const { people, hash } = await readPeople(file);
    const table = options.out;
    if (table !== undefined) await checkTable(table);
    const connected = await connect();
    const path = runPath(file);
    const wanted = { server: connected.url, csv: hash, send: !options['no-send'] };
    const run = await openRun(path, wanted, { anew: options['new-run'] });
    let links: ReadonlyMap<string, Link> = new Map();
    const known = knownOf(people);
    const asked = people.filter(({ line }) => !known.has(line));
    if (run.finished) out.say(`${file} was applied to ${run.server} before: there is nothing left to do.`);
    else {
      const signal = interruption(out);
      const server = connected.stoppedBy(signal);
      links = await out
        .progress(asked.length, 'invites', (progress) =>
          applyChunks(run, chunksOf(asked, run.send ? {} : { send: false }), {
            server,
            path,
            signal,
            progress,
          }),
        )
        .catch((error: unknown) => {
          throw goesOn(error);
        });
    }
    const items = people.map(({ line, email }) => {
      const { result = known.get(line) ?? 'unknown', ...done } = run.done[line] ?? {};
      return { line, email, result, ...done };
    });
    if (table !== undefined) await writeTable(table, items, links, connected);
    const isSilent = items.some(({ mailed }) => mailed === false);
    return {
      json: { items, counts: countsOf(items) },
      said: [
        `${tally(items)}.`,
        ...(isSilent ? ['No mail goes out: hand the links over (--out FILE).'] : []),
      ],
      head: ['LINE', 'EMAIL', 'RESULT'],
      rows: items.map(({ line, email, result }) => [String(line), email, result]),
      exit: items.some(({ result }) => hasFailed(result)) ? exit.refused : exit.done,
    };
  },
});
