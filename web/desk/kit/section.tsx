import type { ComponentChildren } from 'preact';

interface Part {
  /** The fragment (`#id`) by which links lead here. */
  id: string;
  title: string;
  children: ComponentChildren;
}

/** A part of a page with its own heading. A link can lead to the heading, and the keyboard then goes on from there. */
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
