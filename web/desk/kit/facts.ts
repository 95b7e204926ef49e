import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What the server told the page of the deployment and of its path. */
export const DeskFacts = createContext<object>({});

export const useFacts = <Facts extends object>(): Facts => useContext(DeskFacts) as Facts;
