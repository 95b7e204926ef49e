import { relayPath } from '#shared/deployment/addresses.ts';

/**
 * The function that CloudFront runs on each request, in its own JavaScript (`cloudfront-js-2.0`). It writes the client's address into
 * `header`, over any value from the client, and redirects browsers from the distribution's other names to the domain.
 */
export const viewerRequest = (domainName: string, header: string): string => `function handler(event) {
  var request = event.request;
  var headers = request.headers;
  var isOpening = request.method === 'GET' || request.method === 'HEAD';
  var wantsPage = headers.accept && headers.accept.value.indexOf('text/html') >= 0;
  var isElsewhere = headers.host.value !== '${domainName}';
  if (isElsewhere && isOpening && wantsPage && request.uri.indexOf('${relayPath}/') !== 0)
    return {
      statusCode: 303,
      statusDescription: 'See Other',
      headers: {
        location: { value: 'https://${domainName}' + request.uri + queryOf(request.querystring) },
        'cache-control': { value: 'no-store' },
      },
    };
  headers['${header}'] = { value: event.viewer.ip };
  return request;
}

function queryOf(query) {
  var parts = [];
  Object.keys(query).forEach(function (name) {
    (query[name].multiValue || [query[name]]).forEach(function (one) {
      parts.push(name + '=' + one.value);
    });
  });
  return parts.length > 0 ? '?' + parts.join('&') : '';
}
`;
