/** The stages that an invite can reach, in their order. */
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

/** What a funnel counts: how many invites have reached each stage, and how many are open, have expired or are withdrawn. */
export const funnelStages = [...storyStages.filter(isCounted), 'open', 'expired', 'revoked'] as const;
