type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Whether a form of a desk holds unsaved input, or rows are ticked for an act. */
export const isEdited = (): boolean =>
  document.querySelector(ticks) !== null || [...document.querySelectorAll<Field>(fields)].some(isChanged);

const ticks = '#desk .tick input:checked';
/** Choices outside these forms act at once. Browsers fill in the sign-in fields unasked, and again. */
const fields =
  '#desk form:not(.filters) :is(input:not([type=hidden]), textarea, select):not(:is([autocomplete=username], [autocomplete=current-password]):is(:autofill, :-webkit-autofill))';

function isChanged(field: Field): boolean {
  // Options keep their initial choice in an attribute, which Preact does not write.
  if (field instanceof HTMLSelectElement) return field.value !== field.dataset['drawn'];
  if (field instanceof HTMLInputElement && field.type === 'checkbox')
    return field.checked !== field.defaultChecked;
  return field.value !== field.defaultValue;
}
