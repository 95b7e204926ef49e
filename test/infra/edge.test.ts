import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import { throttles } from '#infra/api/throttles.ts';
import { isOperation } from '#infra/entry.ts';
import { findOperations } from '#infra/operations.ts';
import { viewerRequest } from '#infra/edge/viewer-request.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { ofType, synthesizeAll, type Json, type Template } from './synthesize.ts';

const entries = findOperations().filter(({ id }) => id === 'me-read' || id === 'relay');
const hashes = ['ab'.repeat(32), 'cd'.repeat(32)];
const settings = {
  region: 'ap-northeast-1',
  relaySilenceSeconds: 90,
  domain: { name: 'join.example.com', hostedZoneId: 'Z0123456789ABCDEFGHIJ', edge: true },
  formerDomains: [{ name: 'old.example.com' }],
  proxy: { secretHashes: hashes, header: 'x-client', secretHeader: 'x-secret' },
};
const edgeOf = (more: object = {}): Template => synthesizeAll(entries, { ...settings, ...more }).get('edge')!;
const edge = edgeOf();

type Values = Record<string, Json>;
const oneOf = (type: string, template = edge): Values => {
  const [found, ...others] = ofType(template, type);
  expect(others).toEqual([]);
  return found![1].Properties;
};
const distributionOf = (template: Template): Values =>
  oneOf('AWS::CloudFront::Distribution', template)['DistributionConfig'] as Values;
const originsOf = (template: Template): Values[] => distributionOf(template)['Origins'] as Values[];
const distribution = distributionOf(edge);
const origins = originsOf(edge);

test('R8.1: CloudFront proves itself to API and relay by a secret that only Secrets Manager holds', () => {
  for (const { OriginCustomHeaders } of origins)
    expect(OriginCustomHeaders).toEqual([
      {
        HeaderName: 'x-secret',
        HeaderValue: '{{resolve:secretsmanager:latchkey-proxy-abababababab:SecretString}}',
      },
    ]);
  // A new secret is first in the list and has a new name, which tells CloudFormation to read it.
  const [origin] = originsOf(edgeOf({ proxy: { secretHashes: hashes.toReversed() } }));
  expect(JSON.stringify(origin)).toContain('latchkey-proxy-cdcdcdcdcdcd');
});

test('R8.1: what passes through it is encrypted on both ways, by no TLS older than 1.2', () => {
  expect(distribution['ViewerCertificate']).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021' });
  for (const { CustomOriginConfig } of origins)
    expect(CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
});

test('R8.1: the API and the relay stand behind it, by their own hosts in the region of the deployment', () => {
  const host = (OutputName: string) => ({
    'Fn::GetStackOutput': { StackName: 'latchkey-service', OutputName, Region: 'ap-northeast-1' },
  });
  expect(origins.map(({ Id, DomainName }) => [Id, DomainName])).toEqual([
    ['api', host('ApiHost')],
    ['relay', host('RelayHost')],
  ]);
  expect(distribution).toMatchObject({
    Aliases: ['join.example.com', 'old.example.com'],
    WebACLId: { 'Fn::GetAtt': ['Firewall', 'Arn'] },
    DefaultCacheBehavior: { TargetOriginId: 'api', ViewerProtocolPolicy: 'redirect-to-https' },
    CacheBehaviors: [
      { PathPattern: '/relay/*', TargetOriginId: 'relay', ViewerProtocolPolicy: 'https-only' },
    ],
  });
});

test('R1.8: a provider may be silent as long as the relay waits, and a call is sent once', () => {
  const [api, relay] = origins;
  expect(relay).toMatchObject({ ConnectionAttempts: 1, CustomOriginConfig: { OriginReadTimeout: 100 } });
  // CloudFront waits longer than the API's 30 seconds, so that the API's own answer is passed on.
  expect(api).toMatchObject({ CustomOriginConfig: { OriginReadTimeout: 35 } });
});

test('R8.1: nothing that one is answered is kept and handed to another, errors neither; what was asked is passed on whole', () => {
  const behaviours = [distribution['DefaultCacheBehavior'], ...(distribution['CacheBehaviors'] as Json[])];
  for (const behaviour of behaviours)
    expect(behaviour).toMatchObject({
      // AWS's own policies CachingDisabled and AllViewerExceptHostHeader.
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      FunctionAssociations: [{ EventType: 'viewer-request' }],
    });
  const kept = distribution['CustomErrorResponses'] as Values[];
  // CloudFront would keep these errors for ten seconds, whatever Cache-Control says.
  for (const code of [400, 403, 404, 405, 414, 500, 501, 502, 503, 504])
    expect(kept).toContainEqual({ ErrorCode: code, ErrorCachingMinTTL: 0 });
});

test('C54: the firewall keeps no requests, whose samples hold cookies, tokens and the links of invites', () => {
  const firewall = oneOf('AWS::WAFv2::WebACL');
  for (const { VisibilityConfig } of [firewall, ...(firewall['Rules'] as Values[])])
    expect(VisibilityConfig).toMatchObject({ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true });
});

test('R8.1: the firewall bounds what one address may ask, and reads no prompt and no list of people', () => {
  const rules = oneOf(
    'AWS::WAFv2::WebACL',
    edgeOf({ domain: { ...settings.domain, requestsPerFiveMinutes: 500 } }),
  )['Rules'] as Values[];
  expect(rules.map(({ Name }) => Name)).toEqual([
    'Rate',
    'FormRate',
    'MailRate',
    'AWSManagedRulesAmazonIpReputationList',
    'AWSManagedRulesKnownBadInputsRuleSet',
  ]);
  expect(rules[0]).toMatchObject({
    Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 500, EvaluationWindowSec: 300 } },
    Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
  });
  expect(rules[1]).toMatchObject({
    Statement: { RateBasedStatement: { Limit: 75, ScopeDownStatement: { AndStatement: {} } } },
  });
  expect(rules[2]).toMatchObject({ Statement: { RateBasedStatement: { Limit: 15 } } });
  expect(rules[4]).toMatchObject({
    Statement: {
      ManagedRuleGroupStatement: {
        ScopeDownStatement: {
          NotStatement: {
            Statement: {
              ByteMatchStatement: { SearchString: '/relay/', PositionalConstraint: 'STARTS_WITH' },
            },
          },
        },
      },
    },
  });
});

/** The paths that a rule's statement compares as a whole. */
const pathsIn = (statement: Json): string[] => {
  const found: string[] = [];
  JSON.stringify(statement, (_, value: Json) => {
    const { FieldToMatch, PositionalConstraint, SearchString } = (value ?? {}) as Values;
    const isPath = JSON.stringify(FieldToMatch) === '{"UriPath":{}}' && PositionalConstraint === 'EXACTLY';
    if (isPath) found.push(SearchString as string);
    return value;
  });
  return found.toSorted();
};

test('R8.1: what servers of apps ask is no form, and what sends mail is bounded below what its routes take', () => {
  const [, form, mail] = oneOf('AWS::WAFv2::WebACL')['Rules'] as Values[];
  const all = findOperations().filter(isOperation);
  const asked = new Set(['oauth-token', 'oauth-revoke', 'userinfo-read', 'session-verify']);
  const backends = all.filter(({ id }) => asked.has(id)).map(({ declaration }) => declaration.path);
  expect(pathsIn(form!['Statement']!)).toEqual(backends.toSorted());
  const { routeSettings } = throttles(parseSettings({}), all);
  const taken = Object.entries(routeSettings as Record<string, { ThrottlingRateLimit: number }>).map(
    ([route, { ThrottlingRateLimit: perSecond }]) => ({ path: route.replace('POST ', ''), perSecond }),
  );
  const mailing = taken.filter(({ perSecond }) => perSecond < 1);
  expect(pathsIn(mail!['Statement']!)).toEqual(mailing.map(({ path }) => path).toSorted());
  const { Limit } = (mail!['Statement'] as { RateBasedStatement: { Limit: number } }).RateBasedStatement;
  for (const { path, perSecond } of mailing) expect(Limit / 300, path).toBeLessThan(perSecond);
});

test('R8.1: its certificate is for all names, and is asked for where CloudFront takes it from', () => {
  expect(oneOf('AWS::CertificateManager::Certificate')).toEqual({
    DomainName: 'join.example.com',
    SubjectAlternativeNames: ['old.example.com'],
    ValidationMethod: 'DNS',
    DomainValidationOptions: [{ DomainName: 'join.example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
  });
});

test('R8.1: nobody is led to a domain whose certificate still waits for its record', () => {
  const [viewer] = ofType(edge, 'AWS::CloudFront::Function');
  const certificates = ofType(edge, 'AWS::CertificateManager::Certificate').map(([id]) => id);
  expect(viewer![1].DependsOn).toEqual(certificates);
});

interface ViewerRequest {
  method: string;
  uri: string;
  querystring: Record<string, { value: string; multiValue?: { value: string }[] }>;
  headers: Record<string, { value: string; multiValue?: { value: string }[] }>;
}

/** Runs the function on CloudFront's event, as CloudFront does (CloudFront guide, "Event structure"). */
function run(more: Partial<ViewerRequest> & { host: string }) {
  const { host, headers, ...rest } = more;
  const { FunctionCode } = oneOf('AWS::CloudFront::Function') as { FunctionCode: string };
  expect(FunctionCode).toBe(viewerRequest('join.example.com', 'x-client'));
  const request = {
    method: 'GET',
    uri: '/invite/abc',
    querystring: {},
    headers: { host: { value: host }, accept: { value: 'text/html,*/*' }, ...headers },
    ...rest,
  };
  const event = { version: '1.0', viewer: { ip: '2001:db8::7' }, request };
  return vm.runInNewContext(`${FunctionCode}\nhandler(event)`, { event }) as
    ViewerRequest | { statusCode: number; headers: ViewerRequest['headers'] };
}

test('C29: the address that CloudFront passes on is the one it saw, over whatever the client wrote', () => {
  const spoofed = { value: '192.0.2.1', multiValue: [{ value: '192.0.2.1' }, { value: '192.0.2.2' }] };
  const { headers } = run({ host: 'join.example.com', headers: { 'x-client': spoofed } });
  expect(headers).toMatchObject({ 'x-client': { value: '2001:db8::7' } });
  expect(headers['x-client']).not.toHaveProperty('multiValue');
});

test('R8.1: a browser that comes by another name is led to the same path of the domain; a program and the relay are let through', () => {
  const querystring = {
    next: { value: '%2Fkeys' },
    a: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] },
  };
  for (const host of ['old.example.com', 'd111111abcdef8.cloudfront.net'])
    expect(run({ host, querystring })).toMatchObject({
      statusCode: 303,
      headers: {
        location: { value: 'https://join.example.com/invite/abc?next=%2Fkeys&a=1&a=2' },
        'cache-control': { value: 'no-store' },
      },
    });
  const host = 'old.example.com';
  for (const more of [
    { method: 'POST' },
    { headers: { accept: { value: 'application/json' } } },
    { uri: '/relay/claude/v1/models' },
  ])
    expect(run({ host, ...more })).not.toHaveProperty('statusCode');
});

test('R8.1: a secret is made by a command, whose hash names it where CloudFormation reads it', () => {
  const { stdout, status } = spawnSync(process.execPath, ['infra/edge/make-secret.ts'], { encoding: 'utf8' });
  const [secret, digest, kept] = stdout.match(/\b[0-9a-f]{64}\b/g)!;
  expect({ status, kept }).toEqual({ status: 0, kept: secret });
  expect(digest).toBe(hash('sha256', secret!, 'hex'));
  expect(stdout).toContain(`--region us-east-1 --name latchkey-proxy-${digest!.slice(0, 12)} `);
  const [one] = originsOf(edgeOf({ proxy: { secretHashes: [digest] } }));
  expect(JSON.stringify(one)).toContain(`:latchkey-proxy-${digest!.slice(0, 12)}:`);
});
