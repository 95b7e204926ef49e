/** Whether nothing was typed into a field before the script ran. */
export const isUntouched = ({ value, defaultValue }: HTMLInputElement): boolean => value === defaultValue;

/** Fills in a field. If the field has the focus, its text is selected, so that typing replaces it. */
export function fillFor(field: HTMLInputElement, value: string): void {
  field.value = value;
  if (field === document.activeElement) field.select();
}
