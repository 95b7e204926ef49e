const wrongFields = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('main [aria-invalid=true]'),
];

/**
 * Takes what was wrong in the last try off this page. The same page in another language was asked for anew, so it knows of no try.
 * @returns a function that shows it on the page that is there then, in the language in which it was told.
 */
export function takeMistakes(): () => void {
  const { lang } = document.documentElement;
  const wrong = wrongFields().map((field) => ({
    id: field.id,
    note: document.getElementById(`${field.id}-hint`),
  }));
  // The way on for a guest whom the form does not let in belongs to the notice.
  const notices = [...document.querySelectorAll<HTMLElement>('main > .notice[autofocus], main > .way-in')];
  for (const told of [...notices, ...wrong.map(({ note }) => note)]) if (told) told.lang ||= lang;
  return () => {
    // The page may tell by itself what is wrong with its link, in the new language.
    const isTold = document.querySelector('main > .notice[autofocus]') !== null;
    if (!isTold) document.querySelector('main > form')?.before(...notices);
    for (const { id, note } of wrong) {
      const field = document.getElementById(id);
      if (!field || !note) continue;
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-describedby', note.id);
      document.getElementById(note.id)?.remove();
      field.closest('.field')?.append(note);
    }
  };
}
