import { ActButton } from './act.tsx';
import { downloadTable } from './download.ts';
import type { Outcome } from './outcome.tsx';
import { useTexts } from './texts.ts';

interface Export {
  /** The path of the list with its filters, as CSV. */
  path: string | (() => Promise<string>);
  file: string;
  /** Whether the API gives the CSV page by page too. */
  isPaged?: boolean;
  outcome: Outcome;
}

/** Exports a list with its filters as a file, and says if the file does not hold all of it. */
export function ExportButton({ path, file, isPaged = false, outcome }: Export) {
  const t = useTexts();
  const run = async () => {
    const from = typeof path === 'string' ? path : await path();
    return (await downloadTable(from, file, isPaged)) ? t('exportedPart') : undefined;
  };
  return <ActButton label={t('exportCsv')} run={run} outcome={outcome} />;
}
