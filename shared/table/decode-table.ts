type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'gb18030';

function decoded(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const lengthOf = (found: readonly string[]): number => found.join('').length;

/**
 * Whether a text that was decoded as Shift_JIS is Japanese, which has words of full-width characters. Text in another encoding
 * gives single characters (Renée), half-width ones (Chinese), or characters that no standard has.
 */
function isJapanese(text: string): boolean {
  const words = text.match(/[^\0-\x7f]+/g) ?? [];
  const half = lengthOf(words) / 2;
  return (
    !/[\ue000-\uf8ff]/.test(text) &&
    lengthOf(words.filter((word) => word.length > 1)) > half &&
    lengthOf(text.match(/[^\0-\x7f\uff61-\uff9f]/g) ?? []) > half
  );
}

/** Whether bytes read as GB18030 are Chinese: mostly the 3,755 characters of the first level of GB 2312, as in most names. */
function looksChinese(bytes: Uint8Array): boolean {
  let [common, others] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const [lead = 0, trail = 0] = bytes.subarray(at, at + 2);
    if (lead < 0x80) continue;
    // Punctuation, from 0xa1 to 0xa9, tells nothing.
    if (lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1) common += 1;
    else if (lead < 0xa1 || lead > 0xa9) others += 1;
    at += 1;
  }
  return common > 2 * others;
}

/**
 * The text of a table that is not UTF-8 but what Excel saves as "CSV" in Japan (Shift_JIS) or in China (GB18030). Both encodings can
 * read most bytes. The result is undefined if the text could be either, since a misread name would be sent.
 */
function eastAsian(bytes: Uint8Array): string | undefined {
  const japanese = decoded(bytes, 'shift_jis');
  const chinese = looksChinese(bytes) ? decoded(bytes, 'gb18030') : undefined;
  if (japanese !== undefined && isJapanese(japanese)) return chinese === undefined ? japanese : undefined;
  // A text of half-width letters alone could be either.
  const couldBeKana = japanese !== undefined && /^[\0-\x7f\uff61-\uff9f]*$/.test(japanese);
  return couldBeKana ? undefined : chinese;
}

/**
 * The text of a table in UTF-8, in UTF-16 with a byte order mark, as spreadsheets write "Unicode text", or in the encodings of Excel's
 * "CSV" in Japan and China; undefined for other tables.
 */
export function decodeTable(bytes: Uint8Array): string | undefined {
  const mark = `${bytes[0]} ${bytes[1]}`;
  if (mark === '255 254') return decoded(bytes, 'utf-16le');
  if (mark === '254 255') return decoded(bytes, 'utf-16be');
  return decoded(bytes, 'utf-8') ?? eastAsian(bytes);
}
