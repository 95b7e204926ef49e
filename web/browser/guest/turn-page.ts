type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const fields = 'input:not([type=hidden], [readonly]), textarea, select';

/** Names a field, to find the same one in another page. */
const nameOf = (field: Field): string => `${field.form?.getAttribute('action') ?? ''} ${field.name}`;

const fieldsOfPage = (): Field[] => [...document.querySelectorAll<Field>(fields)];

/** Notes the focused field and the selection in it. @returns a function that restores both in the page that is shown then. */
function placeInField(): () => void {
  const field = fieldsOfPage().find((one) => one === document.activeElement);
  if (!field) return () => undefined;
  const name = nameOf(field);
  // Email fields do not tell their selection. Most people are at the end.
  const [from, to] = 'selectionStart' in field ? [field.selectionStart, field.selectionEnd] : [null, null];
  return () => {
    const same = fieldsOfPage().find((one) => nameOf(one) === name);
    same?.focus({ preventScroll: true });
    if (same && 'setSelectionRange' in same && from !== null) same.setSelectionRange(from, to);
  };
}

/**
 * Shows another page in place of this one, and keeps the address and the history entry. Typed values stay, even passwords, which
 * are never stored. A guest who is typing keeps the focus.
 * @throws Error if the page is not ours, but of a proxy in front of us
 */
export function turnPage(html: string): void {
  const { documentElement, body, title } = new DOMParser().parseFromString(html, 'text/html');
  if (body.dataset['noAnswer'] === undefined) throw new Error('no page of ours');
  const typed = new Map(fieldsOfPage().map((field) => [nameOf(field), field.value]));
  const goBack = placeInField();
  document.documentElement.lang = documentElement.lang;
  document.title = title;
  document.body.replaceChildren(...body.childNodes);
  // The page's data for the script, some of which is text for people.
  Object.assign(document.body.dataset, body.dataset);
  for (const field of fieldsOfPage()) field.value = typed.get(nameOf(field)) ?? field.value;
  goBack();
}
