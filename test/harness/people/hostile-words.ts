/** Turns the direction of what follows around, or hides. */
export const hiddenCharacters = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/** What mail programs make links of: schemes, `www.`, bare hosts and addresses, with every dot that they know. */
export const linksIn = (text: string): string[] =>
  text.match(
    /[a-z]+:(\/\/|\\\\)?\w\S*|www[.\u2024\uff0e]\S+|[\p{L}\p{N}-]+[.\u2024\uff0e\uff61][\p{L}\p{N}]\S*|\w+。[a-z]\w*|\S+[@\uff20]\S+/giu,
  ) ?? [];

/** A name that wants to be a link, to turn the line around, and to be taken for ours. */
export const hostileName =
  'Help.\u200bdesk \u202e” https://evil.example/login www.evil.example help@evil.example “';
