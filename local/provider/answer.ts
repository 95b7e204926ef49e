/** A provider's answer. */
export interface ProviderAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[]>>;
  /** The body, in the pieces in which it is sent. A server-sent event is one piece. */
  parts: readonly (string | Buffer)[];
}

/** A request as a provider sees it. */
export interface ProviderCall {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  query: URLSearchParams;
  body: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** An error that is answered in the provider's own form. */
export class Refusal extends Error {
  readonly status: number;
  /** The wrong field and the kind of mistake, if the provider's form has them. */
  readonly param: string | null;
  readonly code: string | null;

  constructor(
    status: number,
    message: string,
    details: { param?: string | undefined; code?: string | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.param = details.param ?? null;
    this.code = details.code ?? null;
  }
}

/** A provider's API: its headers, errors and routes. */
export interface Dialect {
  /** Further headers of every answer. */
  headers(requestId: string, now: number): Record<string, string>;
  /** The key that a request carries, even if it has the wrong form. */
  keyOf(headers: ProviderCall['headers']): string | undefined;
  /** Checks the key's form and the required headers. @throws Refusal if a key or a required header is missing or malformed. */
  admit(call: ProviderCall): void;
  /** The refusal of a key that the provider does not know. */
  unknownKey(key: string): Refusal;
  unknownPath(method: string, path: string): Refusal;
  errorBody(refusal: Refusal, requestId: string): object;
  /** By method and path, such as `GET /v1/models`. @throws Refusal */
  routes: Readonly<Record<string, (call: ProviderCall) => ProviderAnswer>>;
}

/** The token after `Bearer`. */
export const bearer = ({ authorization }: ProviderCall['headers']): string | undefined =>
  /^Bearer +(\S+)$/i.exec(authorization?.toString() ?? '')?.[1];

export const jsonAnswer = (status: number, body: object): ProviderAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  parts: [JSON.stringify(body)],
});

export const eventsAnswer = (events: readonly string[]): ProviderAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  parts: events,
});

/** Server-sent events that carry JSON: with the event's name before it, and without. */
export const namedEvent = (data: { type: string }): string => `event: ${data.type}\n${bareEvent(data)}`;
export const bareEvent = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
