import { stat } from 'node:fs/promises';
import { command } from '../command.ts';
import { CommandError, exit, wrongUsage } from '../failures.ts';
import { applyRun } from '../invites/apply-run.ts';
import { knownOf } from '../invites/chunks.ts';
import { countsOf, hasFailed, tally } from '../invites/count-results.ts';
import { noSend } from '../invites/invite-options.ts';
import { checkTable, writeTable, type Link } from '../invites/link-table.ts';
import { readPeople } from '../invites/people.ts';
import { doneFor, isEdited, openRun, runPath } from '../invites/run-file.ts';

/** The progress of a run is kept beside its file. So the file must be a regular file, not standard input or a device. */
async function checkFile(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (path === '-' || (there && !there.isFile()))
    throw wrongUsage('apply wants a file, beside which it keeps how far it has come.', [
      'latchkey invites create --emails - reads standard input.',
    ]);
}

export const apply = command({
  name: 'apply',
  summary: 'Invites the people of a CSV file, each once, however often it is run.',
  operands: '<FILE>',
  options: {
    out: { value: 'FILE', text: 'write email,url,code,result of everybody to this CSV file at the end' },
    'no-send': noSend,
    'new-run': { text: 'forget what was done for this file and begin anew, such as on another server' },
  },
  notes: `
The file is as for "plan". What was done is kept beside it, in FILE.latchkey.json: whatever stops the command, run it
again and it ends in the same state, with one invite and one mail for each address. Add lines and run it again: whoever is
new is invited. Invites of lines that are edited or gone stay as they are.
Lines with the same role, note, label, app, locale and days go together, 100 in a request; a deployment takes 120 requests a minute from one administrator.`,
  async run({ operands: [file = ''], options, out, server: connect }) {
    await checkFile(file);
    const { people, said: read } = await readPeople(file);
    const table = options.out;
    if (table !== undefined) await checkTable(table);
    const server = await connect();
    const path = runPath(file);
    const wanted = { server: server.url, send: !options['no-send'] };
    const run = await openRun(path, wanted, { anew: options['new-run'] });
    const known = knownOf(people);
    const asked = people.filter(({ line }) => !known.has(line));
    let links: ReadonlyMap<string, Link> = new Map();
    if (asked.some((person) => !doneFor(run, person)))
      links = await applyRun(run, asked, { server, path, out });
    else if (asked.length > 0)
      out.say(`${file} was applied to ${run.server} before: there is nothing left to do.`);
    const items = people.map((person) => {
      const { line, email } = person;
      const result = known.get(line);
      if (result) return { line, email, result };
      const { wish: _wish, ...done } = doneFor(run, person) ?? { result: 'unknown', wish: '' };
      return { line, email, ...done };
    });
    const isSilent = items.some((item) => 'mailed' in item && item.mailed === false);
    const edited = asked.filter((person) => isEdited(run, person)).length;
    const said = [
      ...read,
      `${tally(items)}.`,
      ...(edited > 0
        ? [`Lines edited since they were invited: ${edited}. Their invites stay as they were.`]
        : []),
      ...(items.some(({ result }) => result === 'suppressed')
        ? ['Once mail to them is let out again, --new-run invites those who were held back.']
        : []),
      ...(isSilent ? ['No mail goes out: hand the links over (--out FILE).'] : []),
    ];
    let code: number = items.some(({ result }) => hasFailed(result)) ? exit.refused : exit.done;
    if (table !== undefined) {
      try {
        await writeTable(table, items, links, server);
        said.push(`Their links are in ${table}.`);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        said.push(error.message, ...error.lines, 'All else is done; the same command writes the table.');
        code = error.code;
      }
    }
    return {
      json: { items, counts: countsOf(items) },
      said,
      head: ['LINE', 'EMAIL', 'RESULT'],
      rows: items.map(({ line, email, result }) => [String(line), email, result]),
      exit: code,
      done: [`What was done is kept in ${path}: the same command shows it again.`],
    };
  },
});
