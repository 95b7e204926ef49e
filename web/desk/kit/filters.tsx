import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Input } from './input.tsx';
import { useTexts } from './texts.ts';

/** The filters above a list, in one row if there is room. */
export function Filters({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <form class="filters" role="search" aria-label={name} onSubmit={(event) => event.preventDefault()}>
      {children}
    </form>
  );
}

interface Choice {
  label: string;
  value: string;
  /** Values with their names; the first choice is none. */
  options: Readonly<Record<string, string>>;
  choose(value: string): void;
}

export function ChoiceFilter({ label, value, options, choose }: Choice) {
  const t = useTexts();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">{t('all')}</option>
        {Object.entries(options).map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface Typed {
  label: string;
  value: string;
  type?: 'search' | 'date';
  maxLength?: number;
  choose(value: string): void;
}

/** The pause in typing after which a filter applies. */
const restMs = 400;

/** A typed filter. It applies after a pause in typing, on Enter, or when the field is left. */
export function TypedFilter({ label, value, type = 'search', maxLength, choose }: Typed) {
  const id = useId();
  // Other filters may change during the pause, so the latest `choose` is called.
  const latest = useRef(choose);
  latest.current = choose;
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const take = (text: string) => {
    clearTimeout(rest.current);
    latest.current(text.trim());
  };
  useEffect(() => () => clearTimeout(rest.current), []);
  // Typed text that does not apply yet. An answer that comes meanwhile draws the field anew, and must not empty it.
  const [typed, setTyped] = useState<string>();
  const takeLater = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    setTyped(currentTarget.value);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => take(currentTarget.value), restMs);
  };
  const done = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    setTyped(undefined);
    take(currentTarget.value);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Input
        id={id}
        type={type}
        value={typed ?? value}
        {...(maxLength && { maxLength })}
        autocomplete="off"
        onInput={(event) => {
          takeLater(event);
          // Text that is still being converted (にほん → 日本) is no word yet.
          if (event.isComposing) clearTimeout(rest.current);
        }}
        onCompositionEnd={takeLater}
        onChange={done}
        // A browser fires no change event if the typed text was taken back.
        onBlur={(event) => typed !== undefined && done(event)}
      />
    </div>
  );
}
