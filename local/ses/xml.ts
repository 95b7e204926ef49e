const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML 1.0 cannot carry, not even escaped. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** `text` as the content of an XML element. */
const escapeXml = (text: string): string =>
  text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** The content of an XML element: text, other elements, or several elements of the same name. */
export type Content = string | Members | readonly Members[];
export interface Members {
  readonly [name: string]: Content;
}

function element(name: string, content: Content): string {
  if (Array.isArray(content)) return content.map((one: Members) => element(name, one)).join('');
  const inner = typeof content === 'string' ? escapeXml(content) : elements(content as Members);
  return `<${name}>${inner}</${name}>`;
}

const elements = (members: Members): string =>
  Object.entries(members)
    .map(([name, content]) => element(name, content))
    .join('');

/** The answer of a successful `action`. */
export const resultXml = (action: string, members: Members, requestId: string): string =>
  `<${action}Response xmlns="${namespace}"><${action}Result>${elements(members)}</${action}Result>` +
  `<ResponseMetadata>${elements({ RequestId: requestId })}</ResponseMetadata></${action}Response>`;

interface SesFailure {
  /** Whose fault it is: the caller's (`Sender`) or SES's own (`Receiver`). */
  type: 'Sender' | 'Receiver';
  code: string;
  message: string;
}

/** The answer of an action that failed. */
export const errorXml = ({ type, code, message }: SesFailure, requestId: string): string =>
  `<ErrorResponse xmlns="${namespace}"><Error>${elements({ Type: type, Code: code, Message: message })}</Error>` +
  `${elements({ RequestId: requestId })}</ErrorResponse>`;
