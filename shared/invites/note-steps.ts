import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { FirstStep } from '../users/user.ts';
import { inviteRef } from './invite-rows.ts';
import type { Invite } from './invite.ts';

/** Notes on invites how far their guests have come: each step once, for the statistics alone. */
export const noteSteps = capability('steps', [onTable('invites', 'UpdateItem')], (config) => {
  const note = (id: string, step: keyof Invite, at: number, condition = '', values = {}) =>
    conditionalWrite({
      Update: {
        ...inviteRef(config, id),
        UpdateExpression: 'SET #step = :at',
        ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(#step)${condition}`,
        ExpressionAttributeNames: { '#step': step },
        ExpressionAttributeValues: { ':at': at, ...values },
      },
    });
  return {
    /** Notes that a guest has begun to fill in the form of the invite's present link. */
    opened: ({ id, generation }: Pick<Invite, 'id' | 'generation'>, now: number) =>
      note(id, 'openedAt', now, ' AND generation = :generation', { ':generation': generation }),

    /** Notes that a user of the invite reached `step`, the first of its users to do so. */
    first: (id: string, step: FirstStep, now: number) => note(id, step, now),
  };
});
