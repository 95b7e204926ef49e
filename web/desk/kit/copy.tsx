import { useState } from 'preact/hooks';
import { useTexts } from './texts.ts';

/** Copies a text, and says so for a moment; where the browser refuses, the text stands there to be marked. */
export function CopyButton({ text, name }: { text: string; name?: string }) {
  const t = useTexts();
  const [copied, setCopied] = useState<string>();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => setCopied(undefined),
    );
  return (
    <>
      <button type="button" class="plain" aria-label={name} onClick={() => void copy()}>
        {t('copy')}
      </button>{' '}
      <span role="status">{copied === text && t('copied')}</span>
    </>
  );
}
