import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';

/** The value of a JSON text, or its first mistake with the mistake's place. */
export function parseJson(text: string): { value: unknown } | { mistake: string } {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true });
  const [first] = errors;
  if (!first) return { value };
  const before = text.slice(0, first.offset).split('\n');
  const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
  return {
    mistake: `${place}: ${text.trim() === '' ? 'it is empty' : words[printParseErrorCode(first.error)]}.`,
  };
}

const missing = (sign: string) => `a ${sign} is missing`;

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no value; text stands in double quotes',
  InvalidNumberFormat: 'this is no number',
  PropertyNameExpected: 'a name in double quotes belongs here; or there is a comma too many before it',
  ValueExpected: 'a value belongs here; or there is a comma too many before it',
  ColonExpected: missing(':'),
  CommaExpected: missing(','),
  CloseBraceExpected: missing('}'),
  CloseBracketExpected: missing(']'),
  EndOfFileExpected: 'something stands after the end',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: missing('"'),
  UnexpectedEndOfNumber: 'this is no number',
  InvalidUnicode: 'this is no letter of text',
  InvalidEscapeCharacter: 'no such letter follows a \\; a \\ itself is written \\\\',
  InvalidCharacter: 'this letter cannot stand in text; a new line is written \\n',
};
