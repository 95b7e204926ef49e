import { randomUUID } from 'node:crypto';
import { command, type OptionValues } from '../command.ts';
import { exit, wrongUsage } from '../failures.ts';
import { chunksOf, knownOf, openChunks } from '../invites/chunks.ts';
import { hasFailed, tally } from '../invites/count-results.ts';
import type { Created } from '../invites/create-invites.ts';
import { wishOf, wishOptions } from '../invites/invite-options.ts';
import { openLinks } from '../invites/link-file.ts';
import { readPeople } from '../invites/people.ts';
import { sendChunks, soFar } from '../invites/send-chunks.ts';
import { wholeNumber } from '../option-values.ts';
import { thisCommand } from '../terminal/command-line.ts';
import { interruption } from '../terminal/interruption.ts';

const choices = {
  count: {
    value: 'N',
    text: 'how many open invites; 1 unless it is said',
    read: wholeNumber(1, 100_000),
  },
  emails: { value: 'FILE', text: 'a CSV file of people instead, or - for standard input; see "plan --help"' },
  ...wishOptions,
  out: {
    value: 'FILE',
    text: 'keep the links in this file too, one a line; a new one, or that of the run that goes on',
  },
  'run-key': { value: 'KEY', text: 'go on with a run that broke off; it is named when that happens' },
};

/** The requests of the run, and the people for whom none is sent. */
async function workOf(options: OptionValues<typeof choices>) {
  const wish = await wishOf(options);
  const { emails: file, count } = options;
  if (file !== undefined && count !== undefined) throw wrongUsage('--count and --emails exclude each other.');
  if (file === undefined)
    return { chunks: openChunks(count ?? 1, wish), total: count ?? 1, left: [], read: [] };
  const { people, said: read } = await readPeople(file);
  const known = knownOf(people, wish.kind);
  const asked = people.filter(({ line }) => !known.has(line));
  const left = people.flatMap(({ line, email }) => {
    const result = known.get(line);
    return result ? [{ email, result }] : [];
  });
  return { chunks: chunksOf(asked, wish), total: asked.length, left, read };
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
    const { chunks, total, left, read } = await workOf(options);
    const { out: path, emails, 'no-send': silent } = options;
    const byMail = emails !== undefined;
    if (path === undefined && (!byMail || silent)) out.mustBeOpen('Keep the links with --out URLs.txt.');
    const connected = await connect();
    const keep = path === undefined ? undefined : await openLinks(path, options['run-key'] !== undefined);
    const goOn = [
      `The same command with --run-key ${run} goes on, within a day, and makes none twice:`,
      `  ${thisCommand({ '--run-key': true }, ['--run-key', run])}`,
    ];
    const signal = interruption(out, () => goOn);
    const items: (Omit<Created, 'result'> & { result: string })[] = [];
    const broken = await out
      .progress(total, 'invites', (progress) =>
        sendChunks(connected.stoppedBy(signal), run, chunks, signal, async (created) => {
          items.push(...created);
          await keep?.(created.flatMap(({ url }) => url ?? []));
          progress.advance(created.length);
        }),
      )
      .catch((error: unknown) => {
        out.say(...goOn);
        throw error;
      });
    if (broken && items.length === 0 && broken.unsure === 0 && !signal.aborted) throw broken.ending;
    const made = soFar(items.length, total, byMail ? 'are asked for' : 'are made', broken?.unsure ?? 0);
    if (!broken) items.push(...left);
    const said = [...read];
    if (byMail) said.push(`${tally(items)}.`);
    if (broken) said.push(broken.ending.message, ...broken.ending.lines, made, ...goOn);
    else if (!byMail && path === undefined && out.isRead) said.push('Keep them with --out URLs.txt.');
    if (!broken && path !== undefined && items.some(({ url }) => url))
      said.push(`Their links are in ${path}.`);
    const failed = items.some(({ result }) => hasFailed(result)) ? exit.refused : exit.done;
    return {
      json: { run, items },
      rows: items.map(({ email = '', result, url = '' }) => (byMail ? [email, result, url] : [url])),
      said,
      ...(byMail && { head: ['EMAIL', 'RESULT', 'LINK'] }),
      exit: broken?.ending.code ?? failed,
      done: broken ? [] : [made, ...(path === undefined ? goOn : [])],
      isShownOnce: path === undefined && (!byMail || silent),
    };
  },
});
