import { parsePeople, type People, type Person } from '#shared/inviting/read-people.ts';
import { tableTexts } from '#shared/inviting/table-texts.ts';
import { fill } from '#shared/locale.ts';
import { decodeTable } from '#shared/table/decode-table.ts';
import { wrongUsage } from '../failures.ts';
import { readNamed } from '../files/read-file.ts';

/** How many further lines are named for the same mistake. */
const namedLines = 3;

/** Each mistake once, with its lines. */
function tellMistakes(path: string, mistakes: People['mistakes']): string[] {
  const lines = Map.groupBy(mistakes, ({ name, values = {} }) => fill(tableTexts[name].en, values));
  return [...lines].map(([text, same]) => {
    const [first, ...others] = same.map(({ line }) => line);
    const named = others.slice(0, namedLines).join(', ');
    const more = others.length > namedLines ? ` and ${others.length - namedLines} more` : '';
    return `${path}:${first}: ${text}${others.length > 0 ? ` (also in ${named}${more})` : ''}`;
  });
}

/** Reads the people to invite from a CSV file. All mistakes are reported at once. `said` holds remarks, such as ignored columns. */
export async function readPeople(path: string): Promise<{ people: Person[]; said: string[] }> {
  const text = decodeTable(await readNamed(path));
  if (text === undefined) throw wrongUsage(`${path} is not UTF-8.`, ['Spreadsheets save it as “CSV UTF-8”.']);
  const { people, ignored, mistakes } = parsePeople(text);
  if (mistakes.length > 0) {
    const told = tellMistakes(path, mistakes);
    const count = told.length === 1 ? 'a mistake' : `${told.length} mistakes`;
    throw wrongUsage(`${path} has ${count}; nothing was done.`, told);
  }
  const said = ignored.length > 0 ? [`${path}: not read: ${ignored.join(', ')}.`] : [];
  return { people, said };
}
