/** A record of a CSV file (RFC 4180) with the line that it begins on. */
export interface CsvRecord {
  line: number;
  fields: string[];
}

/** What is wrong on a line of a file. */
export interface Mistake {
  line: number;
  text: string;
}

/** A field in quotation marks, or one without any, up to the comma, the line's end or the text's end. */
const field = /"([^"]*(?:""[^"]*)*)"|([^",\r\n]*)/y;
const end = /,|\r\n|\n|\r|$/y;
const rest = /[^\r\n]*(\r\n|\n|\r|$)/y;

const linesIn = (text: string): number => text.split(/\r\n|\n|\r/).length - 1;

/** Reads CSV. After a mistake it goes on with the next line, so that all mistakes are told at once. */
export function readCsv(text: string): { records: CsvRecord[]; mistakes: Mistake[] } {
  const records: CsvRecord[] = [];
  const mistakes: Mistake[] = [];
  let line = 1;
  let at = 0;
  let fields: string[] = [];
  let begun = line;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };

  while (at < text.length) {
    const [whole = '', quoted, bare = ''] = match(field) ?? [];
    line += linesIn(whole);
    fields.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    const separator = match(end)?.[0];
    if (separator === ',' && at < text.length) continue;
    if (separator === ',') fields.push('');
    if (separator === undefined) {
      const text =
        quoted === undefined
          ? 'a quotation mark that does not enclose a field'
          : 'text after a closing quotation mark';
      mistakes.push({ line: begun, text });
      match(rest);
    } else if (fields.length > 1 || fields[0] !== '' || quoted !== undefined) {
      records.push({ line: begun, fields });
    }
    line += 1;
    begun = line;
    fields = [];
  }
  return { records, mistakes };
}
