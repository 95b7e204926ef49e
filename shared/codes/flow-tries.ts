import { conditionalWrite } from '../aws/conditional-write.ts';
import type { Config } from '../deployment/config.ts';
import { codesRef } from './code-rows.ts';
import { flowKey, triesPerFlow, type Flow } from './mail-code.ts';

/**
 * A try of a flow. The flow's row holds a set of the names of its tries, so that a retry of the SDK after a lost answer
 * neither takes nor gives back a try twice.
 */
interface Try {
  flow: string;
  /** Random, and the try's own. */
  name: string;
}

/**
 * Takes one of a flow's tries, before anything else is checked. Also for an expired flow, to report an expired code.
 * @returns undefined when no try is left, or the flow does not exist for this letter.
 */
export async function takeTry(
  config: Config,
  { flow, name }: Try,
  letter: string,
): Promise<Flow | undefined> {
  const hasRoom = '(attribute_not_exists(taken) OR size(taken) < :most OR contains(taken, :name))';
  const taken = await conditionalWrite<Flow>({
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

/** Gives back the try of a code that was not wrong: other mistakes in the request are not guesses. */
export async function giveTryBack(config: Config, { flow, name }: Try): Promise<void> {
  await conditionalWrite({
    Update: {
      ...codesRef(config, flowKey(flow)),
      UpdateExpression: 'DELETE taken :names',
      ExpressionAttributeValues: { ':names': new Set([name]) },
    },
  });
}
