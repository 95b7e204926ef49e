import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { userRef } from './user-rows.ts';
import type { FirstStep } from './user.ts';

/** Notes on users what they did for the first time. */
export const noteFirstSteps = capability('firstSteps', [onTable('users', 'UpdateItem')], (config) => ({
  /** Once, and not on who has deleted the account meanwhile. */
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
