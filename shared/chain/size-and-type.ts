import { fail } from '../errors/failure.ts';
import { isLocale } from '../locale.ts';
import { isEncoded, readForm } from './read-body.ts';
import type { Runtime, Step } from './step.ts';

const mediaType = (header: string | undefined) => header?.split(';')[0]?.trim().toLowerCase();

/**
 * Refuses bodies that are too large or of another type than the route takes. Since JSON must be declared as JSON, a
 * foreign page cannot send it without a preflight, as it could `text/plain` (ASVS 5.0, 3.5.2).
 */
export function sizeAndType({ operation, config, maxBodyKibibytes }: Runtime): Step {
  const forms = new Map(operation.forms?.map((form) => [`POST ${form.path}`, form]));
  return {
    before: ({ event, context }) => {
      const { body, headers, routeKey, isBase64Encoded } = event;
      const form = forms.get(routeKey);
      const isForm = form !== undefined;
      // From here on the sender counts as a browser that wants a page, whatever is wrong with the form.
      if (form) Object.assign(context.exchange, { form, fields: {} });
      // Only our own pages may send forms. Checked before rate limits: a foreign page must not use up its visitors' limits.
      if (isForm && headers['origin'] !== config.origin) fail('cross_site');
      const isEndpoint = operation.kind === 'endpoint';
      const takesBody = isForm || isEndpoint || operation.body !== undefined;
      if (!body || !takesBody) return;
      if (Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8') > maxBodyKibibytes * 1_024)
        fail('too_large', { values: { kibibytes: maxBodyKibibytes } });
      if (isEncoded(event)) fail('unsupported_encoding');
      const wanted = isForm || isEndpoint ? 'application/x-www-form-urlencoded' : 'application/json';
      if (mediaType(headers['content-type']) !== wanted) fail('unsupported_media_type');
      if (!isForm) return;
      const fields = readForm(event);
      context.exchange.fields = fields;
      context.exchange.request.proof = fields['proof'];
      // The answer is in the language of the form's page, which may be the invite's rather than the visitor's.
      if (isLocale(fields['locale'])) context.exchange.request.locale = fields['locale'];
    },
  };
}
