/** Characters that reverse the direction of the following text, or that are invisible. */
export const hiddenCharacters = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** Texts that mail programs turn into links: schemes, `www.`, bare hosts and addresses, with every kind of dot that they know. */
export const linksIn = (text: string): string[] =>
  text.match(
    /[a-z]+:(\/\/|\\\\)?\w\S*|www[.\u2024\uff0e]\S+|[\p{L}\p{N}-]+[.\u2024\uff0e\uff61][\p{L}\p{N}]\S*|\w+。[a-z]\w*|\S+[@\uff20]\S+/giu,
  ) ?? [];

/** A name that tries to become a link, to reverse the line, and to pass for a text of ours. */
export const hostileName =
  'Help.\u200bdesk \u202e” https://evil.example/login www.evil.example help@evil.example “';
