import { adminPage } from '#web/admin-page.ts';
import { frameTexts } from '#web/texts/frame.ts';
import { overviewTexts } from '#web/texts/overview.ts';

export default adminPage({
  summary:
    "The administrators' first page: numbers of today, charts by day, and how far invites have come, of all and by label.",
  path: '/admin',
  section: '/admin',
  view: 'overview',
  title: frameTexts.overview,
  texts: overviewTexts,
  facts: ({ auditDays }) => ({ auditDays }),
});
