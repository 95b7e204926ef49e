import type listInvites from '#functions/admin-invite/list.ts';
import { pageOf } from '#shared/http/paging.ts';
import { inviteFilters } from '#shared/invites/invite.ts';
import { inviteResponse } from '#shared/invites/show-invite.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { OptionValues } from '../command.ts';
import { wrongUsage } from '../failures.ts';
import { readNamed } from '../files/read-file.ts';
import { listItems } from '../server/list-items.ts';
import type { Server } from '../server/server.ts';
import { confirm } from '../terminal/confirm.ts';
import type { ShownInvite } from './invite-rows.ts';

export const filterOptions = {
  status: { value: 'STATUS', text: inviteFilters.join(', '), choices: inviteFilters },
  email: { value: 'EMAIL', text: 'an address, or how one begins' },
  note: { value: 'TEXT', text: 'the whole note' },
};

/** The filters of commands that change invites. Without `email`, which is the new address in `invites reissue`. */
export const selectionOptions = {
  status: filterOptions.status,
  note: filterOptions.note,
  yes: { text: 'do not ask' },
};

export const selectionNotes = `
ID may be -: then ids stand on standard input, the first word of each line, as "invites list" prints them. Without ids
--status and --note choose, and you are asked first; a script says --yes. "invites list" with the same shows which.`;

type Filter = Partial<Pick<OptionValues<typeof filterOptions>, 'status' | 'email' | 'note'>>;

/** Finds invites. The server filters by status and address. The note is filtered here. */
export function findInvites(server: Server, { status, email, note }: Filter, limit: number | undefined) {
  return listItems<AnswerOf<typeof listInvites>>(
    server,
    '/v1/admin/invites',
    { ...(status && { status }), ...(email !== undefined && { email }) },
    pageOf(inviteResponse),
    limit,
    note === undefined ? undefined : (invite) => invite.note === note,
  );
}

/** The change that a command makes to invites. */
interface Act {
  /** `invites revoke` */
  name: string;
  /** `Withdraw` */
  verb: string;
  /** Whether the command applies to an invite that a filter found. */
  applies(invite: ShownInvite): boolean;
}

/** The ids of standard input. */
async function readIds(): Promise<string[]> {
  const lines = String(await readNamed('-')).split('\n');
  return lines
    .map(
      (line) =>
        line
          .trim()
          .split(/[\s,]/)[0]
          ?.replaceAll(/^["']+|"$/g, '') ?? '',
    )
    .filter(Boolean);
}

/** The ids on the command line, those on standard input, or those of the invites that a filter finds. */
export async function selectIds(
  server: Server,
  operands: readonly string[],
  { status, note, yes }: OptionValues<typeof selectionOptions>,
  { name, verb, applies }: Act,
): Promise<string[]> {
  const isFiltered = status !== undefined || note !== undefined;
  if (isFiltered && operands.length > 0) throw wrongUsage('Ids and filters exclude each other.');
  if (operands.length > 0) {
    const typed = operands.includes('-') ? await readIds() : [];
    return operands.flatMap((operand) => (operand === '-' ? typed : operand));
  }
  if (!isFiltered) throw wrongUsage(`${name} wants ID, or - for standard input, or --status or --note.`);
  if (!yes && !process.stdin.isTTY) throw wrongUsage(`${name} wants --yes where nobody can be asked.`);
  const { items } = await findInvites(server, { status, note }, Infinity);
  const ids = items.filter(applies).map(({ id }) => id);
  if (!yes && ids.length > 0)
    await confirm(ids.length === 1 ? `${verb} one invite?` : `${verb} ${ids.length} invites?`);
  return ids;
}
