import type * as z from 'zod/mini';
import type listKeys from '#functions/key/list.ts';
import type { callsResponse } from '#shared/quotas/show-quota.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { keyPageTexts } from '../../../texts/keys-page.ts';
import type { TextOf } from '../../kit/texts.ts';

export type Answer = AnswerOf<typeof listKeys>;
export type Key = Answer['items'][number];
/** A service for which users can store keys, or could (`isGone`). */
export type Service = Pick<Key, 'service' | 'title'> & { checkable: boolean; isGone: boolean };
export type Texts = TextOf<typeof keyPageTexts>;

/** Facts for the page about the deployment and the user's calls. */
export interface KeyFacts {
  /** null if the session is bound to a device: its cookie alone must reveal nothing about the owner. */
  calls: z.output<typeof callsResponse> | null;
  origin: string;
  relay: string | null;
  keyDays: number;
  keyMinLength: number;
  requestHours: number;
  services: Readonly<
    Record<
      string,
      { title: string; keysUrl: string | null; client: 'anthropic' | 'openai'; question: string | null }
    >
  >;
}
