import type {
  CompositionEventHandler,
  FocusEventHandler,
  GenericEventHandler,
  InputEventHandler,
  InputHTMLAttributes,
} from 'preact';

export interface InputAttributes {
  id?: string;
  name?: string;
  type?: 'text' | 'email' | 'password' | 'number' | 'date' | 'search' | 'checkbox';
  value?: string | number;
  defaultValue?: string | number | undefined;
  defaultChecked?: boolean;
  checked?: boolean;
  autocomplete?: string;
  placeholder?: string;
  maxLength?: number;
  min?: number | string;
  max?: number | string;
  required?: boolean;
  disabled?: boolean;
  'aria-label'?: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
  /** For a new password: the data of its hint (`web/browser/strength.ts`). */
  'data-strength'?: string;
  'data-show'?: string;
  onInput?: InputEventHandler<HTMLInputElement>;
  onCompositionEnd?: CompositionEventHandler<HTMLInputElement>;
  onChange?: GenericEventHandler<HTMLInputElement>;
  onInvalid?: GenericEventHandler<HTMLInputElement> | undefined;
  onFocus?: FocusEventHandler<HTMLInputElement>;
  onBlur?: FocusEventHandler<HTMLInputElement>;
}

/**
 * An input in which the browser capitalises and corrects nothing. The cast is needed because the type may be known only when it
 * is drawn.
 */
export function Input(attributes: InputAttributes) {
  return <input autocapitalize="none" spellcheck={false} {...(attributes as InputHTMLAttributes)} />;
}
