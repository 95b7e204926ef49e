import { tableTexts } from '#shared/inviting/table-texts.ts';
import { adminPage } from '#web/admin-page.ts';
import { guestApps } from '#web/guest-apps.ts';
import { inviteLinkTexts } from '#web/texts/invite-links.ts';
import { inviteKindTexts, kindHintTexts } from '#web/texts/invite-kinds.ts';
import { inviteListTexts } from '#web/texts/invites.ts';
import { inviteResultTexts, invitingTexts } from '#web/texts/inviting.ts';
import { previewTexts } from '#web/texts/preview.ts';
import { suppressionTexts } from '#web/texts/suppression.ts';

export default adminPage({
  summary: 'The page on which administrators invite: people by mail, or whoever gets a link.',
  path: '/admin/invites/new',
  section: '/admin/invites',
  view: 'inviting',
  title: inviteListTexts.inviteLink,
  texts: {
    ...invitingTexts,
    ...previewTexts,
    ...inviteKindTexts,
    ...kindHintTexts,
    ...inviteResultTexts,
    ...inviteLinkTexts,
    ...suppressionTexts,
    ...tableTexts,
  },
  facts: ({ mailFrom, appName, inviteDays, appEntrances }) => ({
    sendsMail: mailFrom !== null,
    appName,
    inviteDays,
    apps: guestApps({ appEntrances }),
  }),
});
