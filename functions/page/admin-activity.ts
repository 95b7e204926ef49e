import { appTitles } from '#shared/apps/app-titles.ts';
import { adminPage } from '#web/admin-page.ts';
import { actionTexts, activityTexts } from '#web/texts/activity.ts';
import { frameTexts } from '#web/texts/frame.ts';

export default adminPage({
  summary: "The administrators' page of what happened: the audit trail with filters.",
  path: '/admin/activity',
  section: '/admin/activity',
  view: 'activity',
  title: frameTexts.activity,
  texts: { ...actionTexts, ...activityTexts },
  facts: ({ appEntrances }) => ({ apps: appTitles({ appEntrances }) }),
});
