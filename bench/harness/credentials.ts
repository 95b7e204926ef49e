/** Everybody's. */
export const password = 'correct horse battery';

/** The token of an invite, which its link ends with. */
export const tokenOf = ({ url }: { url: string }): string => url.slice(url.lastIndexOf('/') + 1);
