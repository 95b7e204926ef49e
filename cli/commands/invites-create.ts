import { randomUUID } from 'node:crypto';
import { command, type OptionValues } from '../command.ts';
import { Ending, exit, Refused, Unreachable, wrongUsage } from '../failures.ts';
import { chunksOf, knownOf, openChunks } from '../invites/chunks.ts';
import { hasFailed, tally } from '../invites/count-results.ts';
import { createChunk, type Created } from '../invites/create-invites.ts';
import { wishOf, wishOptions } from '../invites/invite-options.ts';
import { openLinks } from '../invites/link-file.ts';
import { readPeople } from '../invites/people.ts';
import { wholeNumber } from '../option-values.ts';
import { interruption } from '../terminal/interruption.ts';

const choices = {
  count: {
    value: 'N',
    text: 'how many open invites; 1 unless it is said',
    read: wholeNumber(1, 100_000),
  },
  emails: { value: 'FILE', text: 'a CSV file of people instead, one invite each; see "plan --help"' },
  ...wishOptions,
  out: { value: 'FILE', text: 'keep the links in this new file too, one a line' },
  'run-key': { value: 'KEY', text: 'go on with a run that broke off; it is named when that happens' },
};

/** Whether the first request of a run has surely led to nothing. */
const madeNothing = (error: Ending): boolean =>
  error instanceof Unreachable ? error.loss !== 'lost' : error instanceof Refused && error.status < 500;

/** The requests of the run, and what needs none. */
async function workOf(options: OptionValues<typeof choices>) {
  const wish = await wishOf(options);
  const { emails: file, count } = options;
  if (file !== undefined && count !== undefined) throw wrongUsage('--count and --emails exclude each other.');
  if (file === undefined) return { chunks: openChunks(count ?? 1, wish), total: count ?? 1, left: [] };
  const { people } = await readPeople(file);
  const known = knownOf(people, wish.kind);
  const asked = people.filter(({ line }) => !known.has(line));
  const left = people.flatMap(({ line, email }) => {
    const result = known.get(line);
    return result ? [{ email, result }] : [];
  });
  return { chunks: chunksOf(asked, wish), total: asked.length, left };
}

export const invitesCreate = command({
  name: 'invites create',
  summary: 'Creates invites and prints their links.',
  options: choices,
  notes: `
  latchkey invites create --count 10 --out URLs.txt
Open invites print one link a line; with --emails each line has address, result and link. A link that is printed does
not prove a mailbox, one that was mailed does. --json has the short codes too.`,
  async run({ options, out, server: connect }) {
    const run = options['run-key'] ?? randomUUID();
    if (!/^[\x21-\x7e]{1,100}$/.test(run)) throw wrongUsage('--run-key wants the key that a run has named.');
    const { chunks, total, left } = await workOf(options);
    const connected = await connect();
    const path = options.out;
    const keep = path === undefined ? undefined : await openLinks(path);
    const signal = interruption(out);
    const server = connected.stoppedBy(signal);
    const items: (Omit<Created, 'result'> & { result: string })[] = [];
    let trouble: Ending | undefined;
    await out.progress(total, 'invites', async (progress) => {
      for (const chunk of chunks) {
        try {
          if (signal.aborted) throw new Ending(exit.interrupted, 'Stopped.');
          const created = await createChunk(server, run, chunk);
          items.push(...created);
          await keep?.(created.flatMap(({ url }) => url ?? []));
          progress.advance(created.length);
        } catch (error) {
          if (!(error instanceof Ending) || (items.length === 0 && madeNothing(error))) throw error;
          trouble = error;
          return;
        }
      }
    });
    const byMail = options.emails !== undefined;
    if (!trouble) items.push(...left);
    const said: string[] = [];
    if (byMail) said.push(`${tally(items)}.`);
    if (trouble) {
      said.push(trouble.message, ...trouble.lines, `${items.length} of ${total} are made.`);
      said.push(`The same command with --run-key ${run} goes on, within a day, and makes none twice.`);
    } else if (!byMail && path === undefined && out.isRead) said.push('Keep them with --out URLs.txt.');
    const rows = items.map(({ email = '', result, url = '' }) => (byMail ? [email, result, url] : [url]));
    const failed = items.some(({ result }) => hasFailed(result)) ? exit.refused : exit.done;
    return {
      json: { run, items },
      rows,
      said,
      ...(byMail && { head: ['EMAIL', 'RESULT', 'LINK'] }),
      exit: trouble?.code ?? failed,
    };
  },
});
