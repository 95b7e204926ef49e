import { adminPage } from '#web/admin-page.ts';
import { appTitles } from '#shared/apps/app-titles.ts';
import { inviteLinkTexts } from '#web/texts/invite-links.ts';
import { inviteStateTexts } from '#web/texts/invite-states.ts';
import { inviteStoryTexts } from '#web/texts/invite-story.ts';
import { inviteKindTexts } from '#web/texts/invite-kinds.ts';
import { inviteListTexts } from '#web/texts/invites.ts';
import { suppressionTexts } from '#web/texts/suppression.ts';

export default adminPage({
  summary: "The administrators' page of one invite: its story, its link, and who used it.",
  path: '/admin/invites/{id}',
  section: '/admin/invites',
  view: 'invite',
  title: inviteStoryTexts.invite,
  texts: {
    ...inviteListTexts,
    ...inviteKindTexts,
    ...inviteStateTexts,
    ...inviteLinkTexts,
    ...inviteStoryTexts,
    ...suppressionTexts,
  },
  facts: ({ mailFrom, appEntrances }) => ({
    sendsMail: mailFrom !== null,
    apps: appTitles({ appEntrances }),
  }),
});
