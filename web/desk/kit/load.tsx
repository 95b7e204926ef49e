import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState, type Inputs } from 'preact/hooks';
import type { Problem } from '#shared/errors/problem.ts';
import { Mistakes, SignInBeside } from './outcome.tsx';
import { useTexts } from './texts.ts';

export interface Loading<Value> {
  /** The value that was read last. It stays while it is read again, and is dropped if the read for other inputs fails. */
  value?: Value;
  isLoading: boolean;
  /** Why the last try failed. */
  problem?: unknown;
  reload(): void;
  /** Shows a change at once, before anything is read again. */
  put(change: (value: Value) => Value): void;
}

/**
 * Reads a value, and again whenever `inputs` change. An answer that was overtaken is dropped. Changes that were put during a
 * read are applied to its answer.
 */
export function useLoad<Value>(read: () => Promise<Value>, inputs: Inputs): Loading<Value> {
  const [{ value, isLoading, problem }, setState] = useState<
    Pick<Loading<Value>, 'value' | 'isLoading' | 'problem'>
  >({ isLoading: true });
  const latest = useRef(0);
  const changes = useRef<((value: Value) => Value)[]>([]);
  /** The inputs of the shown value. */
  const shownOf = useRef<Inputs>(undefined);
  const reload = useCallback(() => {
    const mine = (latest.current += 1);
    const isLatest = () => latest.current === mine;
    changes.current = [];
    setState(({ value }) => ({ ...(value !== undefined && { value }), isLoading: true }));
    const show = (read: Value) => {
      if (!isLatest()) return;
      shownOf.current = inputs;
      setState({
        value: changes.current.reduce((value, change) => change(value), read),
        isLoading: false,
      });
    };
    const fail = (problem: unknown) => {
      if (!isLatest()) return;
      // The reader would take rows of another filter for the answer.
      const isSame = inputs.every((input, at) => input === shownOf.current?.[at]);
      setState(({ value }) => ({
        ...(isSame && value !== undefined && { value }),
        isLoading: false,
        problem,
      }));
    };
    read().then(show, fail);
  }, inputs);
  useEffect(reload, [reload]);
  const put = (change: (value: Value) => Value) => {
    changes.current.push(change);
    setState((state) => (state.value === undefined ? state : { ...state, value: change(state.value) }));
  };
  return {
    ...(value !== undefined && { value }),
    isLoading,
    ...(problem !== undefined && { problem }),
    reload,
    put,
  };
}

/** Shows the value, or that it is loading, or why it failed, with a button to try again. */
export function Loaded<Value>({
  of: { value, isLoading, problem, reload },
  children,
}: {
  of: Loading<Value>;
  children: (value: Value) => ComponentChildren;
}) {
  return (
    <>
      {problem !== undefined && <NotLoaded problem={problem} retry={reload} />}
      {value === undefined ? isLoading && <LoadingNote /> : children(value)}
    </>
  );
}

function LoadingNote() {
  const t = useTexts();
  return (
    <p class="loading" role="status">
      {t('loading')}
    </p>
  );
}

export function NotLoaded({ problem, retry }: { problem: unknown; retry: () => void }) {
  const t = useTexts();
  const {
    code,
    title = t('notLoaded'),
    detail = t('checkConnection'),
    errors,
  } = (problem ?? {}) as Partial<Problem>;
  return (
    <div class="notice error" role="alert">
      <strong>{title}</strong>
      <p>{detail}</p>
      <Mistakes of={errors} />
      {code === 'unauthenticated' && <SignInBeside />}
      <p class="actions">
        <button type="button" class="plain" onClick={retry}>
          {t('retry')}
        </button>
      </p>
    </div>
  );
}
