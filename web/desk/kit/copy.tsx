import { useState } from 'preact/hooks';
import { useTexts } from './texts.ts';

/** Copies a text, and says whether it did. If the browser refuses, the person can select the text on the page. */
export function CopyButton({ text, label, name }: { text: string; label?: string; name?: string }) {
  const t = useTexts();
  const [tried, setTried] = useState<{ text: string; said: string }>();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setTried({ text, said: t('copied') }),
      () => setTried({ text, said: t('notCopied') }),
    );
  return (
    <>
      <button type="button" class="plain" aria-label={name} onClick={() => void copy()}>
        {label ?? t('copy')}
      </button>{' '}
      <span role="status">{tried?.text === text && tried.said}</span>
    </>
  );
}
