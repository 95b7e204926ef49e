/** A whole HTTP answer of an operation that does not speak JSON. */
export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** Of a page. */
  reach?: Reach;
}

/** What a page may reach besides this origin. */
export interface Reach {
  /** Where its forms may lead in the end, if not where those of pages usually may (`form-targets.ts`). */
  forms?: readonly string[] | undefined;
  /** Origins of images. */
  images: readonly string[];
}

/** 303: the browser goes on by GET, whatever it sent (RFC 9110, 15.4.4). */
export const seeOther = (location: string): Answer => ({ status: 303, headers: { location }, body: '' });
