import type { inviteStoryTexts } from '../../../texts/invite-story.ts';
import type { suppressionTexts } from '../../../texts/suppression.ts';
import type { TextOf } from '../../kit/texts.ts';
import type { InviteTables } from '../invites/invite.ts';

export type StoryTexts = TextOf<InviteTables & typeof inviteStoryTexts & typeof suppressionTexts>;
