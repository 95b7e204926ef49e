const [backslash, percent, ampersand] = [0x5c, 0x25, 0x26];

/** The most backslashes before a character in JSON that is nested twice in JSON. */
const maxBackslashes = 7;

/** HTML's names of characters. */
const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/** Whether a character has the same spelling in JSON, HTML and addresses. */
export const isPlain = (character: string): boolean => /^[\w.~-]$/.test(character);

/** Finds the ends of spellings that begin at `at`; Infinity if the bytes end before a match is certain. */
type Ends = (bytes: Buffer, at: number) => readonly number[];

/** The end of `text`, in which letters after the first character may be capitals. */
function endsOfText(text: Buffer, bytes: Buffer, at: number): readonly number[] {
  for (let n = 0; n < text.length; n += 1) {
    const byte = bytes[at + n];
    if (byte === undefined) return [Infinity];
    const small = n > 0 && byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
    if (small !== text[n]) return [];
  }
  return [at + text.length];
}

/** The ends of a character as it is, and after backslashes as JSON writes it. */
function endsOfJson(code: number, unicode: Buffer): Ends {
  return (bytes, at) => {
    let start = at;
    while (start < at + maxBackslashes && bytes[start] === backslash) start += 1;
    const count = start - at;
    // A backslash itself is spelled as one, two or four backslashes.
    const own = code === backslash ? [1, 2, 4].filter((many) => many <= count).map((many) => at + many) : [];
    if (start === bytes.length) return [...own, Infinity];
    if (bytes[start] === code) return [...own, start + 1];
    return count > 0 ? [...own, ...endsOfText(unicode, bytes, start)] : own;
  };
}

/** The ends of a character at a place, in each of its spellings. */
function endsOf(code: number): Ends {
  const character = String.fromCharCode(code);
  if (isPlain(character))
    return (bytes, at) => (at === bytes.length ? [Infinity] : bytes[at] === code ? [at + 1] : []);
  const hex = code.toString(16).padStart(2, '0');
  const json = endsOfJson(code, Buffer.from(`u00${hex}`));
  const inAddress = [Buffer.from(`%${hex}`)];
  const names = [`#${code}`, `#0${code}`, `#x${hex}`, ...(entities[character] ? [entities[character]] : [])];
  const inHtml = names.map((name) => Buffer.from(`&${name};`));
  return (bytes, at) => {
    const first = bytes[at];
    const texts = first === percent ? inAddress : first === ampersand ? inHtml : [];
    return [...json(bytes, at), ...texts.flatMap((text) => endsOfText(text, bytes, at))];
  };
}

/** Whether all of `bytes` from `at` on are a beginning of `lead`. */
const isBeginning = (bytes: Buffer, at: number, lead: Buffer): boolean =>
  bytes.subarray(at).equals(lead.subarray(0, bytes.length - at));

/**
 * Finds a key in every spelling that JSON (`\/`, `\"`, `\u002b`, also within JSON), HTML (`&amp;`) and addresses (`%2F`) allow.
 * @returns a function that finds the next spelling from `from` on.
 */
export function spellingsOf(
  key: Buffer,
): (bytes: Buffer, from: number) => { at: number; end: number } | undefined {
  const characters = [...key].map(endsOf);
  const plain = [...key].findIndex((code) => !isPlain(String.fromCharCode(code)));
  const lead = key.subarray(0, plain);

  function endAt(bytes: Buffer, at: number): number | undefined {
    let [places, isOpen] = [[at], false];
    for (const ends of characters) {
      const found = new Set(places.flatMap((place) => ends(bytes, place)));
      isOpen ||= found.delete(Infinity);
      places = [...found];
    }
    if (places.length > 0) return Math.max(...places);
    return isOpen ? Infinity : undefined;
  }

  /** Where a spelling may begin. */
  function nextPlace(bytes: Buffer, from: number): number {
    if (lead.length > 0) {
      const whole = bytes.indexOf(lead, from);
      if (whole >= 0) return whole;
      for (let at = Math.max(from, bytes.length - lead.length); at < bytes.length; at += 1)
        if (isBeginning(bytes, at, lead)) return at;
      return bytes.length;
    }
    let at = from;
    while (at < bytes.length && ![key[0], backslash, percent, ampersand].includes(bytes[at])) at += 1;
    return at;
  }

  return (bytes, from) => {
    for (let at = nextPlace(bytes, from); at < bytes.length; at = nextPlace(bytes, at + 1)) {
      const end = endAt(bytes, at);
      if (end !== undefined) return { at, end };
    }
    return undefined;
  };
}
