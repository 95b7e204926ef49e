type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Whether something was typed, ticked or chosen in a form of a desk that is not kept yet, or rows are ticked for an act. */
export const isEdited = (): boolean =>
  document.querySelector(ticks) !== null || [...document.querySelectorAll<Field>(fields)].some(isChanged);

const ticks = '#desk .tick input:checked';
/** What is chosen elsewhere acts at once. Who signs in here the browser fills in unasked, and again. */
const fields =
  '#desk form:not(.filters) :is(input:not([type=hidden]), textarea, select):not(:is([autocomplete=username], [autocomplete=current-password]):is(:autofill, :-webkit-autofill))';

function isChanged(field: Field): boolean {
  // Options know what they were drawn with by an attribute, which Preact does not write.
  if (field instanceof HTMLSelectElement) return field.value !== field.dataset['drawn'];
  if (field instanceof HTMLInputElement && field.type === 'checkbox')
    return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}
