import { storyStages } from '#shared/inviting/stages.ts';
import { Time } from '../../kit/time.tsx';
import { told } from '../../kit/told.ts';
import type { ReadInvite } from '../invites/invite.ts';
import type { StoryTexts } from './texts.ts';

type Stage = keyof ReadInvite['story'];

/** Stages that are shown even if they have not been reached. */
const expected = new Set<Stage>(['made', 'sent', 'delivered', 'formOpened', 'registered', 'firstRelayCall']);
const ofMail = new Set<Stage>(['sent', 'delivered']);
const mishaps = new Set<Stage>(['bounced', 'complained', 'failed']);

/** The stages of an invite, in their order. */
export function Story({ invite, t }: { invite: ReadInvite; t: StoryTexts }) {
  const { story, delivery, deliveryReason, inviter } = invite;
  const isShown = (stage: Stage) =>
    story[stage] !== null || (expected.has(stage) && (delivery !== undefined || !ofMail.has(stage)));
  const textOf = (stage: Stage) =>
    stage === 'made' && inviter ? t('story-madeBy', { name: inviter }) : t(`story-${stage}`);
  return (
    <>
      <h2>{t('story')}</h2>
      <ol class="story">
        {storyStages.filter(isShown).map((stage) => (
          <li key={stage} class={story[stage] === null ? 'ahead' : mishaps.has(stage) ? 'trouble' : ''}>
            <strong>{textOf(stage)}</strong>
            {mishaps.has(stage) && deliveryReason && told('', t(deliveryReason))}{' '}
            <span class="hint">{story[stage] === null ? t('notYet') : <Time at={story[stage]} />}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
