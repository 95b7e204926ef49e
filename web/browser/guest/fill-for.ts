/** Whether nothing was typed into a field before the script ran. */
export const isUntouched = ({ value, defaultValue }: HTMLInputElement): boolean => value === defaultValue;

/** Fills a field for somebody. Where they are about to type, what they type takes its place. */
export function fillFor(field: HTMLInputElement, value: string): void {
  field.value = value;
  if (field === document.activeElement) field.select();
}
