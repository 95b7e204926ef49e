import type listInvites from '#functions/admin-invite/list.ts';
import { inBatches } from '#shared/batches.ts';
import { normalizeEmail } from '#shared/email.ts';
import { pageOf } from '#shared/http/paging.ts';
import { inviteStates } from '#shared/invites/states.ts';
import { inviteResponse } from '#shared/invites/show-invite.ts';
import type { Person } from '#shared/inviting/read-people.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { command } from '../command.ts';
import { CommandError } from '../failures.ts';
import { knownOf } from '../invites/chunks.ts';
import { countsOf, tally } from '../invites/count-results.ts';
import { daysText } from '../invites/invite-options.ts';
import { readPeople } from '../invites/people.ts';
import { doneFor, readRun, runPath, type Run } from '../invites/run-file.ts';
import type { Server } from '../server/server.ts';

type Answer = AnswerOf<typeof listInvites>;

/** Requests at once. */
const concurrency = 8;

/** The result to expect for an address, judged by its invites. */
function expectation(invites: Answer['items']): string {
  // Mail bounced or drew a complaint. Only the server knows whether the address is still suppressed.
  if (invites.some(({ delivery }) => delivery === 'bounced' || delivery === 'complained')) return 'unknown';
  if (invites.some(({ status }) => inviteStates[status].isOpen)) return 'already_invited';
  const used = invites.filter(({ kind, status }) => kind === 'email' && status === 'used');
  // A used link that was mailed has proven the address. For a link that was shown, only the server knows.
  if (used.some(({ delivery }) => delivery !== undefined)) return 'member';
  return used.length > 0 ? 'unknown' : 'invite';
}

async function expect(server: Server, { email: typed }: Person): Promise<string> {
  const email = normalizeEmail(typed);
  // The server sorts by address: exact matches come before addresses that only begin the same.
  const { items } = await server.get<Answer>(
    `/v1/admin/invites?${String(new URLSearchParams({ email, limit: '25' }))}`,
    pageOf(inviteResponse),
  );
  return expectation(items.filter((invite) => invite.email === email && invite.kind !== 'domain'));
}

/** The run that "apply" would continue. If "apply" would refuse to, `said` says why, and the plan is that of a new run. */
async function runOf(file: string, { url }: Server): Promise<{ run?: Run | undefined; said: string[] }> {
  try {
    return { run: await readRun(runPath(file), { server: url }), said: [] };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { said: [`apply will refuse: ${error.message}`, ...error.lines] };
  }
}

export const plan = command({
  name: 'plan',
  summary: 'Shows what "apply" would do for a CSV file of people, and changes nothing.',
  operands: '<FILE>',
  options: {},
  notes: `
The file's first line names its columns: email, and if you like role, note, label, app, locale, days (${daysText}):
  email,role,note
  hanako@example.com,general,"Tester, Osaka"
A line can come to: invite, already_invited (there is an open invite), member (a mailed invite was used), bad_address,
duplicate (an earlier line has it), unknown (only the server can tell); what "apply" has done for a line stays as it is.
It goes by invites alone: the server also knows members who came by an open link, and addresses to which it sends no more.`,
  async run({ operands, out, server: connect }) {
    const [file = ''] = operands;
    const { people, said: read } = await readPeople(file);
    const known = knownOf(people);
    const server = await connect();
    const { run, said } = await runOf(file, server);
    const items = await out.progress(people.length, 'addresses', (progress) =>
      inBatches(people, concurrency, async (person) => {
        const { line, email } = person;
        const done = run && doneFor(run, person)?.result;
        const result = known.get(line) ?? done ?? (await expect(server, person));
        progress.advance();
        return { line, email, result };
      }),
    );
    if (run) {
      const count = people.filter((person) => !known.has(person.line) && doneFor(run, person)).length;
      said.push(`Applied before, and left as they are: ${count} of ${people.length} lines.`);
    }
    return {
      json: { items, counts: countsOf(items) },
      said: [...read, ...said, `${tally(items)}. Nothing was changed.`],
      head: ['LINE', 'EMAIL', 'RESULT'],
      rows: items.map(({ line, email, result }) => [String(line), email, result]),
    };
  },
});
