import { adminPage } from '#web/admin-page.ts';
import { frameTexts } from '#web/texts/frame.ts';
import { peopleTexts } from '#web/texts/people.ts';

export default adminPage({
  summary: "The administrators' page of everybody who has an account, with search and filters.",
  path: '/admin/people',
  section: '/admin/people',
  view: 'people',
  title: frameTexts.people,
  texts: peopleTexts,
});
