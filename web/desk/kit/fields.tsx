import type { ComponentChildren, GenericEventHandler, InputEventHandler } from 'preact';
import { useState } from 'preact/hooks';
import { emailMaxLength } from '#shared/users/limits.ts';
import { useField, useMissing } from './form.tsx';
import { Input, type InputAttributes } from './input.tsx';
import { told } from './told.ts';

interface Named {
  name: string;
  label: string;
  hint?: ComponentChildren;
}

type Own = Omit<InputAttributes, 'id' | 'name'>;

/** A labelled input with its hint, or with the reason if the last try had a mistake in it. */
export function TextField({ name, label, hint, ...more }: Named & Own) {
  const { id, attributes, note } = useField(name, hint);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Input {...attributes} {...more} />
      {note}
    </div>
  );
}

/** The address of another person, which the browser cannot fill in. */
export const EmailField = (more: { label: string; defaultValue?: string | undefined }) => (
  <TextField name="email" type="email" maxLength={emailMaxLength} autocomplete="off" {...more} required />
);

interface Secret extends Named {
  /** The text on the button that shows the secret. */
  show: string;
  /** The message if the field is empty, in place of the browser's own. */
  missing?: string;
}

/** A secret that can be shown: on a phone, mistyping is the main reason for failing. */
export function SecretField({ name, label, hint, show, missing, ...more }: Secret & Own) {
  const { id, attributes, note } = useField(name, hint);
  const sayMissing = useMissing(name, missing);
  const [isShown, setShown] = useState(false);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <span class="secret">
        <Input
          {...attributes}
          {...more}
          data-show={show}
          onInvalid={sayMissing}
          type={isShown ? 'text' : 'password'}
        />
        <button
          type="button"
          aria-pressed={isShown}
          aria-label={told(show, label)}
          onClick={() => setShown(!isShown)}
        >
          {show}
        </button>
      </span>
      {note}
    </div>
  );
}

interface Lines extends Named {
  rows?: number;
  maxLength?: number;
  defaultValue?: string;
  value?: string;
  onInput?: InputEventHandler<HTMLTextAreaElement>;
}

export function TextArea({ name, label, hint, ...more }: Lines) {
  const { id, attributes, note } = useField(name, hint);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea {...attributes} autocomplete="off" {...more} />
      {note}
    </div>
  );
}

interface Choosing extends Named {
  /** Values with their names. */
  options: Readonly<Record<string, string>>;
  defaultValue?: string;
  value?: string;
  onChange?: GenericEventHandler<HTMLSelectElement>;
}

export function Choice({ name, label, hint, options, defaultValue, ...more }: Choosing) {
  const { id, attributes, note } = useField(name, hint);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select {...attributes} {...more} data-drawn={defaultValue ?? Object.keys(options)[0]}>
        {Object.entries(options).map(([value, text]) => (
          <option
            key={value}
            value={value}
            selected={defaultValue === undefined ? undefined : value === defaultValue}
          >
            {text}
          </option>
        ))}
      </select>
      {note}
    </div>
  );
}

export function Check({ name, label, hint, ...more }: Named & Own) {
  const { id, attributes, note } = useField(name, hint);
  return (
    <div class="field">
      <div class="check">
        <Input {...attributes} {...more} type="checkbox" />
        <label for={id}>{label}</label>
      </div>
      {note}
    </div>
  );
}
