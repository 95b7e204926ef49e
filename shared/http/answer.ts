/** A whole HTTP answer of an operation that does not speak JSON. */
export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** 303: the browser goes on by GET, whatever it sent (RFC 9110, 15.4.4). */
export const seeOther = (location: string): Answer => ({ status: 303, headers: { location }, body: '' });
