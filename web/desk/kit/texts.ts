import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { fill, type Text } from '#shared/locale.ts';
import type { deskTexts } from '../../texts/desk.ts';

/** The page's texts in the reader's language, by name. */
export const Catalogue = createContext<Readonly<Record<string, string>>>({});

/** Gives a text of the table by its name, with its slots filled. */
export type TextOf<Table> = (
  name: (keyof Table | keyof typeof deskTexts) & string,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** The texts of a table that the page was given (`web/desk.ts`), with the texts that all desks share. */
export function useTexts<Table extends Readonly<Record<string, Text>> = typeof deskTexts>(): TextOf<Table> {
  const catalogue = useContext(Catalogue);
  return (name, values = {}) => fill(catalogue[name] ?? name, values);
}
