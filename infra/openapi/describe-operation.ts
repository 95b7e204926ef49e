import * as z from 'zod/mini';
import { errorTable, type ErrorCode } from '#shared/errors/table.ts';
import type { Form } from '#shared/operation/form.ts';
import type { Operation } from '#shared/operation/operation.ts';
import { maxBodyKibibytes } from '../api/body-limit.ts';
import type { Entry } from '../entry.ts';
import { ownAnswers } from './answers.ts';
import { byStatus, errorsOf } from './errors.ts';
import { ownRequests } from './own-requests.ts';
import { requestHeaders } from './request-headers.ts';

type Json = Record<string, unknown>;
type Schema = NonNullable<Operation['body']>;

const formType = 'application/x-www-form-urlencoded';
const anyFields = { type: 'object', additionalProperties: { type: 'string' } };
const html = { 'text/html': { schema: { type: 'string' } } };

/** The path item's operation of a declaration. */
export function describeOperation(entry: Entry<Operation>): Json {
  const { id, declaration } = entry;
  const { summary, auth, body, method } = declaration;
  const own = ownRequests[id];
  const isSent = method === 'POST' && own !== undefined;
  return {
    operationId: id,
    summary,
    tags: [id.split('-')[0]],
    security: own?.security ?? security(auth),
    ...parametersOf(entry),
    ...(isSent && formOf(entry)),
    ...(body && {
      requestBody: bodyOf(declaration, 'application/json', schemaOf(body, 'input')),
    }),
    responses: responsesOf(entry),
  };
}

/** The same operation once more: by POST with its parameters in a form's body, or at its other path. */
export function describeAgain(entry: Entry<Operation>, by: 'post' | 'also'): Json {
  const described = { ...describeOperation(entry), operationId: `${entry.id}-${by}` };
  if (by === 'also') return described;
  const { parameters: _, ...rest } = described as Json;
  return { ...rest, ...formOf(entry) };
}

/** The form with an endpoint's parameters; empty if the endpoint has none. */
function formOf({ id, declaration }: Entry<Operation>): Json {
  const { fields: properties = {}, required = [] } = ownRequests[id] ?? {};
  if (Object.keys(properties).length === 0) return {};
  const schema = { ...anyFields, properties, required };
  return { requestBody: bodyOf(declaration, formType, schema) };
}

function responsesOf({ id, declaration }: Entry<Operation>): Json {
  const errors = errorsOf(declaration);
  const own = ownAnswers[id];
  if (own) return { ...byMeaning(errors, () => own.errors), ...own.answers };
  if (declaration.kind === 'endpoint')
    throw new Error(`infra/openapi/answers.ts does not say what ${id} answers`);
  return { ...success(declaration), ...problems(declaration, errors) };
}

/** Id of a form: the operation's id, with the form's path if there are several. */
export const formId = (id: string, { forms = [] }: Operation, { path }: Form): string =>
  forms.length > 1 ? `${id}-form${path.replaceAll('/', '-')}` : `${id}-form`;

/** A form that browsers post for the same operation, answered by pages. */
export function describeForm({ id, declaration }: Entry<Operation>, form: Form): Json {
  return {
    operationId: formId(id, declaration, form),
    summary: `${declaration.summary} (form)`,
    tags: [id.split('-')[0]],
    security: security(declaration.auth),
    requestBody: bodyOf(declaration, formType, anyFields),
    responses: {
      '200': { description: 'The same, to a script that takes JSON.', content: nextPage },
      '303': goOn('Done; the page to show next.'),
      ...pages(errorsOf(declaration, 'form')),
    },
  };
}

const bodyOf = (declaration: Operation, mediaType: string, schema: Json): Json => ({
  description: `At most ${maxBodyKibibytes(declaration)} KiB.`,
  required: true,
  content: { [mediaType]: { schema } },
});

const nextPage = {
  'application/json': {
    schema: {
      type: 'object',
      properties: { next: { type: 'string' } },
      required: ['next'],
      additionalProperties: false,
    },
  },
};

const goOn = (description: string): Json => ({
  description,
  headers: { Location: { schema: { type: 'string' } } },
});

/** Ways to authenticate (OpenAPI 3.1, 4.8.30); an empty one makes authentication optional. */
function security(auth: Operation['auth']): object[] {
  if (auth === 'public') return [];
  return [...(auth === 'optional' ? [{}] : []), { cookie: [] }, { bearer: [] }];
}

/** JSON Schema (2020-12, the dialect of OpenAPI 3.1) of a request or an answer. */
function schemaOf(schema: Schema, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function parametersOf({ id, declaration }: Entry<Operation>): Json {
  const { params, query, method } = declaration;
  const { fields: properties, required } = ownRequests[id] ?? {};
  const list = [
    ...(params ? parameters('path', schemaOf(params, 'input')) : []),
    ...(query ? parameters('query', schemaOf(query, 'input')) : []),
    ...(method === 'GET' ? parameters('query', { properties, required }) : []),
    ...requestHeaders(declaration),
  ];
  return list.length > 0 ? { parameters: list } : {};
}

function parameters(where: 'path' | 'query', { properties = {}, required = [] }: Json): Json[] {
  return Object.entries(properties as Json).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || (required as string[]).includes(name),
    schema,
  }));
}

function success({ kind, status = 200, response, csv }: Operation): Json {
  if (kind === 'page')
    return { '200': { description: 'The page.', content: html }, '303': goOn('Another page is due.') };
  if (!response || status === 204) return { [status]: { description: 'Done.' } };
  const content = {
    'application/json': { schema: schemaOf(response, 'output') },
    ...(csv && { 'text/csv': { schema: { type: 'string' } } }),
  };
  const description = 'What was asked for.';
  return { [status]: { description, ...(csv && { headers: csvHeaders }), content } };
}

const csvHeaders = {
  Link: { description: 'The next page (`rel="next"`), where there is one.', schema: { type: 'string' } },
};

function problems({ kind }: Operation, codes: readonly ErrorCode[]): Json {
  if (kind === 'page') return pages(codes);
  return byMeaning(codes, (group) => {
    const schema = {
      allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: group } } }],
    };
    return { 'application/problem+json': { schema } };
  });
}

const pages = (codes: readonly ErrorCode[]): Json => byMeaning(codes, () => html);

/** One answer for each status of these errors. */
const byMeaning = (codes: readonly ErrorCode[], contentOf: (group: readonly ErrorCode[]) => Json): Json =>
  Object.fromEntries(
    byStatus(codes).map(([status, group]) => [status, { ...told(status, group), content: contentOf(group) }]),
  );

/** Headers of errors by their status. */
const headersOf: Readonly<Record<number, Json>> = {
  401: { 'WWW-Authenticate': { schema: { type: 'string' } } },
  429: { 'Retry-After': { schema: { type: 'integer' } } },
  503: { 'Retry-After': { schema: { type: 'integer' } } },
};

/** The meaning of the codes of one status, and the headers of that status. */
const told = (status: number, codes: readonly ErrorCode[]): Json => ({
  description: codes.map((code) => `\`${code}\`: ${errorTable[code].title.en}.`).join(' '),
  ...(headersOf[status] && { headers: headersOf[status] }),
});
