/** A whole HTTP answer of an operation that does not speak JSON. */
export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** Only for pages. */
  reach?: Reach;
}

/** What a page may reach besides this origin. */
export interface Reach {
  /** Origins that its forms may lead to, in place of those that `form-targets.ts` gives all pages. */
  forms?: readonly string[] | undefined;
  /** Origins of images. */
  images: readonly string[];
}

/** 303: the browser continues with GET, whatever method it used (RFC 9110, 15.4.4). */
export const seeOther = (location: string): Answer => ({ status: 303, headers: { location }, body: '' });

/** How callers authenticate, which every 401 tells them (RFC 9110, 11.6.1; RFC 6750, 3). */
export const bearerChallenge = 'Bearer realm="latchkey"';
