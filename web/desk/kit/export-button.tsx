import { ActButton } from './act.tsx';
import { download } from './download.ts';
import type { Outcome } from './outcome.tsx';
import { useTexts } from './texts.ts';

/** Hands over as a file what a list shows. @param path of the list with its filters, as CSV. */
export function ExportButton({ path, file, outcome }: { path: string; file: string; outcome: Outcome }) {
  const t = useTexts();
  const run = async () => {
    await download(path, file);
    return undefined;
  };
  return <ActButton label={t('exportCsv')} run={run} outcome={outcome} />;
}
