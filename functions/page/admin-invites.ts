import { adminPage } from '#web/admin-page.ts';
import { frameTexts } from '#web/texts/frame.ts';
import { inviteLinkTexts } from '#web/texts/invite-links.ts';
import { inviteStateTexts } from '#web/texts/invite-states.ts';
import { inviteKindTexts } from '#web/texts/invite-kinds.ts';
import { inviteListTexts } from '#web/texts/invites.ts';

export default adminPage({
  summary: "The administrators' page of all invites, with filters, and what can be done to one or to many.",
  path: '/admin/invites',
  section: '/admin/invites',
  view: 'invites',
  title: frameTexts.invites,
  texts: { ...inviteListTexts, ...inviteKindTexts, ...inviteStateTexts, ...inviteLinkTexts },
  facts: ({ mailFrom }) => ({ sendsMail: mailFrom !== null }),
});
