import { useEffect } from 'preact/hooks';

/** Sets the page's heading and title, once the title is known. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return;
    document.querySelector('h1')!.textContent = title;
    document.title = document.title.replace(/^.*(?= – )/, () => title);
  }, [title]);
}
