import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Facts from the server about the deployment and the page's path. */
export const DeskFacts = createContext<object>({});

export const useFacts = <Facts extends object>(): Facts => useContext(DeskFacts) as Facts;
