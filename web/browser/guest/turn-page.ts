type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const fields = 'input:not([type=hidden], [readonly]), textarea, select';

/** Finds the same field in another page. */
const nameOf = (field: Field): string => `${field.form?.getAttribute('action') ?? ''} ${field.name}`;

const fieldsOfPage = (): Field[] => [...document.querySelectorAll<Field>(fields)];

/** Where somebody is in a field. @returns what brings them back there, in the page that is shown then. */
function placeInField(): () => void {
  const field = fieldsOfPage().find((one) => one === document.activeElement);
  if (!field) return () => undefined;
  const name = nameOf(field);
  // Fields of addresses tell no place in their text; the end is where most are.
  const [from, to] = 'selectionStart' in field ? [field.selectionStart, field.selectionEnd] : [null, null];
  return () => {
    const same = fieldsOfPage().find((one) => nameOf(one) === name);
    same?.focus({ preventScroll: true });
    if (same && 'setSelectionRange' in same && from !== null) same.setSelectionRange(from, to);
  };
}

/**
 * Shows another page in place of this one, which keeps its address and its place in the history. What was typed stays, passwords
 * too: it is never written anywhere. So does the place of whoever is typing.
 * @throws Error where the page is none of ours, but of what stands before us
 */
export function turnPage(html: string): void {
  const { documentElement, body, title } = new DOMParser().parseFromString(html, 'text/html');
  if (body.dataset['noAnswer'] === undefined) throw new Error('no page of ours');
  const typed = new Map(fieldsOfPage().map((field) => [nameOf(field), field.value]));
  const goBack = placeInField();
  document.documentElement.lang = documentElement.lang;
  document.title = title;
  document.body.replaceChildren(...body.childNodes);
  // What the script is told, of which some is said to people.
  Object.assign(document.body.dataset, body.dataset);
  for (const field of fieldsOfPage()) field.value = typed.get(nameOf(field)) ?? field.value;
  goBack();
}
