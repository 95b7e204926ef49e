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
 * Whether a text that was read as Shift_JIS is one: Japanese stands in words of whole letters. What other encodings make of it is
 * letters by themselves (Renée), half-width ones (Chinese), and such as no standard has.
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

/** Whether GB18030 would read bytes as Chinese: most of it is the 3,755 characters of the first level of GB 2312, by which most names are written. */
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
 * The text of a table that is no UTF-8, as Excel writes it by "CSV" in Japan (Shift_JIS) and in China (GB18030). Both read most bytes as
 * something: undefined where they could be either, since a name that is read wrong would be sent.
 */
function eastAsian(bytes: Uint8Array): string | undefined {
  const japanese = decoded(bytes, 'shift_jis');
  const chinese = looksChinese(bytes) ? decoded(bytes, 'gb18030') : undefined;
  if (japanese !== undefined && isJapanese(japanese)) return chinese === undefined ? japanese : undefined;
  // Half-width letters alone could be either.
  const couldBeKana = japanese !== undefined && /^[\0-\x7f\uff61-\uff9f]*$/.test(japanese);
  return couldBeKana ? undefined : chinese;
}

/** The text of a table: UTF-8, UTF-16 that says so by its first bytes, as spreadsheets write "Unicode text", or what Excel writes by "CSV" in Japan and China; undefined for others. */
export function decodeTable(bytes: Uint8Array): string | undefined {
  const mark = `${bytes[0]} ${bytes[1]}`;
  if (mark === '255 254') return decoded(bytes, 'utf-16le');
  if (mark === '254 255') return decoded(bytes, 'utf-16be');
  return decoded(bytes, 'utf-8') ?? eastAsian(bytes);
}
