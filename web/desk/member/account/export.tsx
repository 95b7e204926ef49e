import { ActButton } from '../../kit/act.tsx';
import { download } from '../../kit/download.ts';
import { OutcomeNotice, useOutcome } from '../../kit/outcome.tsx';
import { useTexts } from '../../kit/texts.ts';
import type { Texts } from './account.ts';

/** All that is stored about me, as a file. */
export function Export() {
  const t: Texts = useTexts();
  const outcome = useOutcome();
  const run = async () => {
    await download('/v1/me/export', 'latchkey-account.json');
    return t('exported');
  };
  return (
    <>
      <p>{t('exportHint')}</p>
      <ActButton label={t('export')} outcome={outcome} run={run} />
      <OutcomeNotice of={outcome} />
    </>
  );
}
