import { DatabaseSync } from 'node:sqlite';

/** A person whose rows the product has written, all of them with these texts and at these times. */
export interface Template {
  /** Ids of 22 characters, of user, invite and session. */
  ids: readonly string[];
  /** The username, which the person's addresses also contain. It ends with seven digits. */
  username: string;
}

/** The period over which the copies are spread, before the time of the original person. */
const spanMs = 20 * 86_400_000;

const digits = (number: number, length: number): string => String(number).padStart(length, '0');

/** Adds keys without a person's id or name, such as the HMAC of a short code, so that they differ between copies too. */
function withKeys({ ids, username }: Template, keys: readonly string[]): Template {
  const others = keys
    .filter((key) => ![...ids, username].some((marker) => key.includes(marker)))
    .flatMap((key) => /^S:\w+#([\w-]{22,})$/.exec(key)?.[1] ?? []);
  return { ids: [...ids, ...new Set(others)], username };
}

/** The parts of a stored text that differ between copies: ids, the name, and times in each stored form. */
function markersOf({ ids, username }: Template, rows: readonly string[]): RegExp {
  const times = rows.flatMap((row) => [...row.matchAll(/"N":"(1\d{12}|1\d{9})"/g)].map(([, time]) => time!));
  const literal = [...ids, username, ...new Set(times)].join('|');
  return new RegExp(`(${literal}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z|\\d{4}-\\d\\d-\\d\\d(?=#\\d))`);
}

/** The text for a marker in copy `number`. It is as long as the marker. */
function copied(marker: string, { ids, username }: Template, number: number, shiftMs: number): string {
  if (ids.includes(marker)) return digits(number, 8) + marker.slice(8);
  if (marker === username) return username.slice(0, -7) + digits(number, 7);
  if (/^\d{13}$/.test(marker)) return String(Number(marker) - shiftMs);
  if (/^\d{10}$/.test(marker)) return String(Number(marker) - Math.floor(shiftMs / 1_000));
  const time = new Date(marker.length === 10 ? `${marker}T12:00:00.000Z` : marker).getTime();
  return new Date(time - shiftMs).toISOString().slice(0, marker.length === 10 ? 10 : undefined);
}

type Cell = string | number | null;

/**
 * Copies all rows of one person, index rows included, in the engine's own file. The rows are those that the product and the
 * engine have written, so they cannot differ from the real format. The engine must not run.
 */
export function cloneRows(file: string, person: Template, count: number): void {
  const database = new DatabaseSync(file);
  // First leaves the engine's write-ahead log, which would write each row twice.
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  database.exec('PRAGMA cache_size = -1000000');
  const tables = (
    database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as { name: string }[]
  ).filter(({ name }) => !/^(_|sqlite_)/.test(name));
  const sources = tables.flatMap(({ name }) =>
    (database.prepare(`SELECT * FROM "${name}"`).all() as Record<string, Cell>[])
      .filter((row) => person.ids.some((id) => String(row['item_json']).includes(id)))
      .map((row) => ({ name, row })),
  );
  const keys = sources.map(({ row }) => String(row['pk']));
  const template = withKeys(person, keys);
  const markers = markersOf(
    template,
    sources.map(({ row }) => String(row['item_json'])),
  );
  const inserts = sources.map(({ name, row }) => ({
    insert: database.prepare(
      `INSERT INTO "${name}" (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
        .map(() => '?')
        .join(', ')})`,
    ),
    cells: Object.values(row).map((cell) => (typeof cell === 'string' ? cell.split(markers) : cell)),
  }));
  database.exec('BEGIN');
  for (let number = 1; number <= count; number += 1) {
    const shiftMs = Math.ceil((spanMs * (count - number + 1)) / count);
    const known = new Map<string, string>();
    const part = (text: string, at: number): string => {
      if (at % 2 === 0) return text;
      if (!known.has(text)) known.set(text, copied(text, template, number, shiftMs));
      return known.get(text)!;
    };
    for (const { insert, cells } of inserts)
      insert.run(...cells.map((cell) => (Array.isArray(cell) ? cell.map(part).join('') : cell)));
  }
  database.exec('COMMIT');
  database.close();
}
