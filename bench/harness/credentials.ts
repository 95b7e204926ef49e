/** The password of every account. */
export const password = 'correct horse battery';

/** The token of an invite, at the end of its link. */
export const tokenOf = ({ url }: { url: string }): string => url.slice(url.lastIndexOf('/') + 1);
