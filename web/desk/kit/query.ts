import { useState } from 'preact/hooks';
import { recordOf } from '#shared/record-of.ts';

/**
 * The filters of a list, kept in the page's address, so that the back button, a reload and a shared link restore them. A filter
 * without a value is left out.
 */
export function useQuery<Name extends string>(
  names: readonly Name[],
): [Readonly<Record<Name, string>>, (change: Partial<Record<Name, string>>) => void] {
  const read = () => {
    const given = new URLSearchParams(location.search);
    return recordOf(names, (name) => given.get(name) ?? '');
  };
  const [query, setQuery] = useState(read);
  const change = (some: Partial<Record<Name, string>>) => {
    const next = { ...query, ...some };
    const text = withoutEmpty(next);
    history.replaceState(null, '', location.pathname + (text && `?${text}`));
    setQuery(next);
  };
  return [query, change];
}

/** The part of a URL after `?`, without empty values. */
export const withoutEmpty = (query: Readonly<Record<string, string | null | undefined>>): string =>
  String(
    new URLSearchParams(
      Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
    ),
  );
