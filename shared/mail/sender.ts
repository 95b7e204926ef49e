/** Bytes of UTF-8 in one encoded word, which has at most 75 characters (RFC 2047, 2). */
const maxBytes = 45;

/** Names that need no encoding inside of quotation marks (RFC 5322, 3.2.4). */
const plain = /^[\w .,'&+-]+$/;

/** A name as encoded words in base64, each of whole characters. */
function encodedWords(name: string): string {
  const words = [''];
  for (const character of name) {
    const longer = words.at(-1)! + character;
    if (Buffer.byteLength(longer) > maxBytes) words.push(character);
    else words[words.length - 1] = longer;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

/** The sender as mail programs show it: by the app's name, in any script. */
export const senderOf = (app: string, address: string): string =>
  `${plain.test(app) ? `"${app}"` : encodedWords(app)} <${address}>`;
