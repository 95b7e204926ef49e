import type listAudit from '#functions/admin-audit/list.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { activityTexts } from '../../texts/activity.ts';
import { withoutEmpty } from '../kit/query.ts';
import { quoted } from '../kit/quoted.ts';
import { useTexts } from '../kit/texts.ts';

type Entry = AnswerOf<typeof listAudit>['items'][number];

interface Props {
  query: Readonly<Record<'userId' | 'subjectId', string>>;
  /** The entries on the page, which contain the person's name. */
  items: readonly Entry[];
}

/**
 * Says that the page shows the activity of one person, and links to everyone's. A person's page links to this filter, and the
 * filter bar does not show it.
 */
export function ActivityOfOne({ query, items }: Props) {
  const t = useTexts<typeof activityTexts>();
  const { userId, subjectId } = query;
  if (!userId && !subjectId) return null;
  const name =
    items.find(({ actorId }) => actorId === userId)?.actorName ??
    items.find((entry) => entry.subjectId === subjectId)?.subjectName;
  return (
    <p class="notice">
      {t(userId ? 'onlyBy' : 'onlyOn', { name: name ? quoted(name) : t('oneAccount') })}{' '}
      <a href={`?${withoutEmpty({ ...query, userId: '', subjectId: '' })}`}>{t('everybodys')}</a>
    </p>
  );
}
