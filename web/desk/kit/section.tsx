import type { ComponentChildren } from 'preact';

interface Part {
  /** By which a link leads here. */
  id: string;
  title: string;
  children: ComponentChildren;
}

/** A part of a page with a heading of its own, which a link can lead to and the keyboard then goes on from. */
export function Section({ id, title, children }: Part) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      <div>{children}</div>
    </section>
  );
}

/** Goes to the section that the page's address names, once it is drawn. */
export function goToSection(): void {
  const heading =
    location.hash && document.querySelector<HTMLElement>(`h2[id="${CSS.escape(location.hash.slice(1))}"]`);
  if (!heading) return;
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}
