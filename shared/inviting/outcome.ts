import type { FailureDetail } from '../errors/failure.ts';
import type { ErrorCode } from '../errors/table.ts';
import type { Invite } from '../invites/invite.ts';

/** What became of one administrator's action on one invite. */
export type Outcome<Refusal extends ErrorCode> =
  | {
      /** The invite as it is now. */
      invite: Invite;
      /** Whether it was like that before, so that nothing was done. */
      wasDone: boolean;
    }
  | {
      refused: Refusal;
      /** Texts more exact than the error's own. */
      detail?: FailureDetail;
    };
