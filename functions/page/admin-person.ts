import { adminPage } from '#web/admin-page.ts';
import { frameTexts } from '#web/texts/frame.ts';
import { peopleTexts } from '#web/texts/people.ts';
import { personTexts } from '#web/texts/person.ts';
import { usedAppTexts } from '#web/texts/used-apps.ts';

export default adminPage({
  summary:
    "The administrators' page of one person: access, sessions, limits and use, and whom they brought in.",
  path: '/admin/people/{id}',
  section: '/admin/people',
  view: 'person',
  title: frameTexts.people,
  texts: { ...peopleTexts, ...personTexts, ...usedAppTexts },
  facts: ({ requestHours }) => ({ requestHours }),
});
