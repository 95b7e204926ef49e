import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { mayAdminister } from '#shared/users/user.ts';
import { memberPage } from '#web/member-page.ts';
import { frameTexts } from '#web/texts/frame.ts';
import { inviteStateTexts } from '#web/texts/invite-states.ts';
import { inviteListTexts } from '#web/texts/invites.ts';
import { ownInviteTexts } from '#web/texts/own-invites.ts';

export default memberPage({
  summary: 'My invites: what became of those that I sent, and the form that sends one.',
  path: '/invites',
  view: 'invites',
  title: frameTexts.ownInvites,
  texts: {
    ...inviteStateTexts,
    ...ownInviteTexts,
    inviteLink: inviteListTexts.inviteLink,
    lostInvites: lostAnswers.invites,
  },
  // `mayAdminister` reveals nothing new: the frame shows the role too.
  facts: ({ mailFrom }, user) => ({ sendsMail: mailFrom !== null, mayAdminister: mayAdminister(user) }),
});
