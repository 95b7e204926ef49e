type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const fields = 'input:not([type=hidden], [readonly]), textarea, select';

/** Finds the same field in another page. */
const nameOf = (field: Field): string => `${field.form?.getAttribute('action') ?? ''} ${field.name}`;

const fieldsOfPage = (): Field[] => [...document.querySelectorAll<Field>(fields)];

/**
 * Shows another page in place of this one, which keeps its address and its place in the history. What was typed stays, passwords
 * too: it is never written anywhere.
 */
export function turnPage(html: string): void {
  const typed = new Map(fieldsOfPage().map((field) => [nameOf(field), field.value]));
  const { documentElement, body, title } = new DOMParser().parseFromString(html, 'text/html');
  document.documentElement.lang = documentElement.lang;
  document.title = title;
  document.body.replaceChildren(...body.childNodes);
  // What the script is told, of which some is said to people.
  Object.assign(document.body.dataset, body.dataset);
  for (const field of fieldsOfPage()) field.value = typed.get(nameOf(field)) ?? field.value;
}
