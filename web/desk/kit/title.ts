import { useEffect } from 'preact/hooks';

/** Names the page by what it shows, once that is known. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return;
    document.querySelector('h1')!.textContent = title;
    document.title = document.title.replace(/^.*(?= – )/, () => title);
  }, [title]);
}
