import type listAudit from '#functions/admin-audit/list.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { activityTexts } from '../../texts/activity.ts';
import { withoutEmpty } from '../kit/query.ts';
import { quoted } from '../kit/quoted.ts';
import { useTexts } from '../kit/texts.ts';

type Entry = AnswerOf<typeof listAudit>['items'][number];

interface Props {
  query: Readonly<Record<'userId' | 'subjectId', string>>;
  /** The entries that are shown, which know the person's name. */
  items: readonly Entry[];
}

/** Says of whom alone the activity is, which the link of a person's page chose and no filter shows, and leads to that of all. */
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
