import type * as z from 'zod/mini';
import type listKeys from '#functions/key/list.ts';
import type { callsResponse } from '#shared/quotas/show-quota.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { keyPageTexts } from '../../../texts/keys-page.ts';
import type { TextOf } from '../../kit/texts.ts';

export type Answer = AnswerOf<typeof listKeys>;
export type Key = Answer['items'][number];
/** A service that keys are kept for, or were. */
export type Service = Pick<Key, 'service' | 'title'> & { checkable: boolean; isGone: boolean };
export type Texts = TextOf<typeof keyPageTexts>;

/** What the page is told of the deployment, and of the calls of whoever looks at it. */
export interface KeyFacts {
  /** null: the page is one of a session that is bound to a device, whose cookie alone tells nothing of its owner. */
  calls: z.output<typeof callsResponse> | null;
  origin: string;
  relay: string | null;
  keyDays: number;
  keyMinLength: number;
  requestHours: number;
  services: Readonly<
    Record<string, { keysUrl: string | null; client: 'anthropic' | 'openai'; question: string | null }>
  >;
}
