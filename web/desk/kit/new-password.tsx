import { useRef } from 'preact/hooks';
import { loadStrengthScript } from '../../browser/load-strength-script.ts';
import type { Strength } from '../../strength.ts';
import { SecretField } from './fields.tsx';

interface NewPassword {
  name: string;
  label: string;
  hint: string;
  show: string;
  /** The texts of the hint, and the words that a password must not be made of. */
  strength: Strength;
}

/** A field for a new password. It shows how strong the password is while it is typed. */
export function NewPasswordField({ name, label, hint, show, strength }: NewPassword) {
  const isHinted = useRef(false);
  const addHint = async (input: HTMLInputElement) => {
    if (isHinted.current) return;
    isHinted.current = true;
    (await loadStrengthScript()).addHint(input);
  };
  return (
    <SecretField
      name={name}
      label={label}
      hint={hint}
      show={show}
      autocomplete="new-password"
      required
      data-strength={JSON.stringify(strength)}
      // If the script does not load, the server still judges the password.
      onFocus={({ currentTarget }) => void addHint(currentTarget).catch(() => (isHinted.current = false))}
    />
  );
}
