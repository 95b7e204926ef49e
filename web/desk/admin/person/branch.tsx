import type readBranch from '#functions/admin-branch/read.ts';
import type revokeBranch from '#functions/admin-branch/revoke.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import { call } from '../../../browser/api.ts';
import { ActButton } from '../../kit/act.tsx';
import { Loaded, useLoad } from '../../kit/load.tsx';
import { OutcomeNotice, useOutcome } from '../../kit/outcome.tsx';
import { PersonLink } from '../person-link.tsx';
import type { Part, Texts } from './person.ts';

type Answer = AnswerOf<typeof readBranch>;

/** The people whom the person brought in, directly or through others, as a tree. A withdrawal first shows what it ends. */
export function Branch({ t, path }: Pick<Part, 't' | 'path'>) {
  const outcome = useOutcome();
  const branch = useLoad<Answer>(() => call<typeof readBranch>('GET', `${path}/branch`), [path]);
  const revoke = (preview: string, disableUsers: boolean) => async () => {
    const body = { preview, disableUsers };
    const { revokedInvites, disabledUsers } = await call<typeof revokeBranch>(
      'POST',
      `${path}/branch/revoke`,
      body,
    ).finally(branch.reload);
    return t('branchRevoked', { invites: revokedInvites, users: disabledUsers });
  };
  return (
    <>
      <h2>{t('branch')}</h2>
      <Loaded of={branch}>
        {({ users, openInvites, truncated, preview }) =>
          users.length === 0 && openInvites.length === 0 ? (
            <div class="empty">{t('branchEmpty')}</div>
          ) : (
            <>
              <Tree users={users} heads={headsOf(users)} t={t} />
              <p>{t('branchOpen', { count: openInvites.length })}</p>
              {truncated && <p class="notice">{t('branchTruncated')}</p>}
              <p class="actions">
                <ActButton
                  label={t('revokeInvites')}
                  asks={<p>{t('revokeInvitesAsks', { count: openInvites.length })}</p>}
                  outcome={outcome}
                  run={revoke(preview, false)}
                />
                <ActButton
                  label={t('revokeBranch')}
                  asks={<p>{t('revokeBranchAsks', { count: openInvites.length, users: inside(users) })}</p>}
                  isGrave
                  outcome={outcome}
                  run={revoke(preview, true)}
                />
              </p>
            </>
          )
        }
      </Loaded>
      <OutcomeNotice of={outcome} />
    </>
  );
}

/** How many of the users are neither disabled nor gone. */
const inside = (users: Answer['users']): number => users.filter(({ status }) => status === 'active').length;

/**
 * The users whose inviter is not shown. That is the person themselves, or an inactive user whom a cut preview left out for
 * active ones.
 */
function headsOf(users: Answer['users']): Answer['users'] {
  const shown = new Set(users.map(({ id }) => id));
  return users.filter(({ invitedBy }) => !shown.has(invitedBy));
}

function Tree({ users, heads, t }: { users: Answer['users']; heads: Answer['users']; t: Texts }) {
  if (heads.length === 0) return null;
  return (
    <ul class="tree">
      {heads.map(({ id, username, status }) => (
        <li key={id}>
          {username === null ? t('deleted') : <PersonLink id={id} name={username} />}
          {status === 'disabled' && (
            <>
              {' '}
              <span class="tag bad">{t('disabled')}</span>
            </>
          )}
          <Tree users={users} heads={users.filter(({ invitedBy }) => invitedBy === id)} t={t} />
        </li>
      ))}
    </ul>
  );
}
