/** What can become of an invite, in the order in which it comes. */
export const storyStages = [
  'made',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'failed',
  'formOpened',
  'registered',
  'firstAppSignIn',
  'firstRelayCall',
] as const;
type StoryStage = (typeof storyStages)[number];

type Uncounted = 'complained' | 'failed';
const isCounted = (stage: StoryStage): stage is Exclude<StoryStage, Uncounted> =>
  stage !== 'complained' && stage !== 'failed';

/** What a funnel counts: how many invites have come to each stage, and where those stand that have come to none of the last. */
export const funnelStages = [...storyStages.filter(isCounted), 'open', 'expired'] as const;
