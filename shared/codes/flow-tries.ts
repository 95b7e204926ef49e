import { conditionalWrite } from '../aws/conditional-write.ts';
import type { Config } from '../deployment/config.ts';
import { codesRef } from './code-rows.ts';
import { flowKey, triesPerFlow } from './mail-code.ts';

/**
 * A try of a flow. A flow has a set of their names, so that neither is done twice by a repeat of the SDK, whose first answer
 * was lost.
 */
interface Try {
  flow: string;
  /** Its own, at random. */
  name: string;
}

/** Which letter a flow was opened for, and its end (milliseconds). */
interface Opened {
  n: string;
  expiresAt: number;
}

/**
 * Takes one of a flow's tries, before anything else is known; of one that is over too, to tell an expired code.
 * @returns undefined when no try is left, or it is no such flow.
 */
export async function takeTry(
  config: Config,
  { flow, name }: Try,
  letter: string,
): Promise<Opened | undefined> {
  const hasRoom = '(attribute_not_exists(taken) OR size(taken) < :most OR contains(taken, :name))';
  const taken = await conditionalWrite<Opened>({
    Update: {
      ...codesRef(config, flowKey(flow)),
      UpdateExpression: 'ADD taken :names',
      ConditionExpression: `letter = :letter AND ${hasRoom}`,
      ExpressionAttributeValues: {
        ':names': new Set([name]),
        ':name': name,
        ':letter': letter,
        ':most': triesPerFlow,
      },
      ReturnValues: 'ALL_NEW',
    },
  });
  return taken.written ? taken.row : undefined;
}

/** Gives a try back that was right: what else may be wrong with the request is not guessing. */
export async function giveTryBack(config: Config, { flow, name }: Try): Promise<void> {
  await conditionalWrite({
    Update: {
      ...codesRef(config, flowKey(flow)),
      UpdateExpression: 'DELETE taken :names',
      ExpressionAttributeValues: { ':names': new Set([name]) },
    },
  });
}
