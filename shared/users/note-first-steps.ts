import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { userRef } from './user-rows.ts';
import type { FirstStep } from './user.ts';

/** Records on a user's row when the user first took a step. */
export const noteFirstSteps = capability('firstSteps', [onTable('users', 'UpdateItem')], (config) => ({
  /** Records a step only once, and not if the account was deleted meanwhile. */
  note: (id: string, step: FirstStep, now: number) =>
    conditionalWrite({
      Update: {
        ...userRef(config, id),
        UpdateExpression: 'SET #step = :now',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#step)',
        ExpressionAttributeNames: { '#step': step },
        ExpressionAttributeValues: { ':now': now },
      },
    }),
}));
