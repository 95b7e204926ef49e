import { fieldTexts } from '#shared/errors/field-texts.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { vaultErrors } from '#shared/errors/vault.ts';
import { keyTexts } from './keys.ts';
import { pageTexts } from './pages.ts';
import { recoveryTexts } from './recovery.ts';
import { relayTexts } from './relay.ts';

/** All texts of the page of API keys, with texts that the API, mails and other pages share. */
export const keyPageTexts = {
  ...relayTexts,
  ...keyTexts,
  renew: { en: 'Renew', ja: '更新する', zh: '续期' },
  none: vaultErrors.key_missing.title,
  renewHint: vaultErrors.key_expired.detail,
  keyMissing: fieldTexts.keyMissing,
  show: pageTexts.show,
  confirmMailbox: recoveryTexts.confirm,
  lostKeys: lostAnswers.keys,
} as const;
