import { expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { ofType, synthesizeAll, type Json, type Template } from './synthesize.ts';

const entries = findOperations().filter(({ id }) => id === 'me-read' || id === 'relay' || id === 'page-keys');
const hostedZoneId = 'Z0123456789ABCDEFGHIJ';
const name = 'join.example.com';
const former = { name: 'old.example.com', hostedZoneId };
const proxy = { secretHashes: ['ab'.repeat(32)] };

const only = ({ Resources }: Template) =>
  Object.fromEntries(
    Object.entries(Resources).map(([id, { Type, Properties }]) => [id, { Type, ...Properties }]),
  );
const values = ({ Outputs }: Template): Record<string, Json> =>
  Object.fromEntries(Object.entries(Outputs).map(([id, { Value }]) => [id, Value]));
const fromService = (output: string) => ({
  'Fn::GetStackOutput': { StackName: 'latchkey-service', OutputName: output },
});
const variablesOf = (templates: ReadonlyMap<string, Template>) =>
  ofType(templates.get('service')!, 'AWS::Lambda::Function').map(
    ([, { Properties }]) => (Properties['Environment'] as { Variables: Record<string, Json> }).Variables,
  );

test('R8.1: a deployment without a domain has no stack for one, and an API that a stack can be put before at any time', () => {
  const templates = synthesizeAll(entries);
  expect([...templates.keys()]).toEqual(['stateful', 'service']);
  expect(Object.keys(templates.get('service')!.Outputs)).toEqual(
    expect.arrayContaining(['ApiId', 'ApiHost', 'RelayHost']),
  );
});

test('R8.1: names come last, as their certificates may wait for days: what tells of trouble is there before them', () => {
  const kinds = (edge: boolean) => {
    const settings = { domain: { name, hostedZoneId, edge }, proxy, alarmEmail: 'ops@example.com' };
    return [...synthesizeAll(entries, settings).keys()];
  };
  expect(kinds(false)).toEqual(['stateful', 'service', 'monitoring', 'domain']);
  expect(kinds(true)).toEqual(['stateful', 'service', 'monitoring', 'edge', 'domain']);
});

test('R8.1: a domain in a hosted zone of the account is set up whole, by the deployment itself', () => {
  const templates = synthesizeAll(entries, { domain: { name, hostedZoneId } });
  expect([...templates.keys()]).toEqual(['stateful', 'service', 'domain']);
  const aliasTarget = {
    DNSName: { 'Fn::GetAtt': ['JoinExampleComDomain', 'RegionalDomainName'] },
    HostedZoneId: { 'Fn::GetAtt': ['JoinExampleComDomain', 'RegionalHostedZoneId'] },
    EvaluateTargetHealth: false,
  };
  const record = {
    Type: 'AWS::Route53::RecordSet',
    Name: name,
    HostedZoneId: hostedZoneId,
    AliasTarget: aliasTarget,
  };
  const { JoinExampleComARecord, JoinExampleComAAAARecord, ...others } = only(templates.get('domain')!);
  // The record's property `Type` overwrites the resource's own.
  expect([JoinExampleComARecord, JoinExampleComAAAARecord]).toEqual([
    expect.objectContaining({ ...record, Type: 'A' }),
    expect.objectContaining({ ...record, Type: 'AAAA' }),
  ]);
  expect(others).toEqual({
    JoinExampleComCertificate: {
      Type: 'AWS::CertificateManager::Certificate',
      DomainName: name,
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: name, HostedZoneId: hostedZoneId }],
    },
    JoinExampleComDomain: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      DomainName: name,
      DomainNameConfigurations: [
        {
          CertificateArn: { Ref: 'JoinExampleComCertificate' },
          EndpointType: 'REGIONAL',
          IpAddressType: 'dualstack',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
    },
    JoinExampleComMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      ApiId: fromService('ApiId'),
      DomainName: { Ref: 'JoinExampleComDomain' },
      Stage: '$default',
    },
  });
  expect(templates.get('service')!.Outputs).toHaveProperty('ApiId');
  for (const { ORIGIN } of variablesOf(templates)) expect(ORIGIN).toBe(`https://${name}`);
});

test('R8.1: elsewhere an output says what to enter at the DNS provider, and a certificate that is there is taken', () => {
  const certificateArn =
    'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
  const domain = synthesizeAll(entries, { domain: { name, certificateArn } }).get('domain')!;
  expect(ofType(domain, 'AWS::CertificateManager::Certificate')).toEqual([]);
  expect(ofType(domain, 'AWS::Route53::RecordSet')).toEqual([]);
  expect(domain.Outputs).toEqual({
    JoinExampleComRecord: {
      Description: `To enter at the DNS provider: the value of a CNAME record of ${name}`,
      Value: { 'Fn::GetAtt': ['JoinExampleComDomain', 'RegionalDomainName'] },
    },
  });
});

test('R8.1: a name that was the domain keeps its resources, so that nothing is made anew, and leads to the API still', () => {
  const before = only(synthesizeAll(entries, { domain: former }).get('domain')!);
  const after = only(
    synthesizeAll(entries, { domain: { name, hostedZoneId }, formerDomains: [former] }).get('domain')!,
  );
  expect(after).toMatchObject(before);
  expect(Object.keys(after)).toHaveLength(2 * Object.keys(before).length);
});

test('R8.1: with CloudFront the same records lead there, so that a name goes over in one step', () => {
  const plain = synthesizeAll(entries, { domain: { name, hostedZoneId } }).get('domain')!;
  const settings = { region: 'ap-northeast-1', domain: { name, hostedZoneId, edge: true }, proxy };
  const templates = synthesizeAll(entries, settings);
  expect([...templates.keys()]).toEqual(['stateful', 'service', 'edge', 'domain']);
  const records = ofType(templates.get('domain')!, 'AWS::Route53::RecordSet');
  expect(records.map(([id]) => id)).toEqual(ofType(plain, 'AWS::Route53::RecordSet').map(([id]) => id));
  expect(Object.keys(templates.get('domain')!.Resources)).toHaveLength(records.length);
  for (const [, { Properties }] of records)
    expect(Properties['AliasTarget']).toEqual({
      DNSName: {
        'Fn::GetStackOutput': {
          StackName: 'latchkey-edge-ap-northeast-1',
          OutputName: 'DistributionName',
          Region: 'us-east-1',
        },
      },
      HostedZoneId: 'Z2FDTNDATAQYW2',
      EvaluateTargetHealth: false,
    });
});

test('R8.1: with CloudFront and no hosted zone, its stack says what to enter, and there is no other', () => {
  const templates = synthesizeAll(entries, { domain: { name, edge: true }, proxy });
  expect([...templates.keys()]).toEqual(['stateful', 'service', 'edge']);
  expect(values(templates.get('edge')!)).toEqual({
    DistributionName: { 'Fn::GetAtt': ['Distribution', 'DomainName'] },
    JoinExampleComRecord: { 'Fn::GetAtt': ['Distribution', 'DomainName'] },
  });
});

test('R8.1: behind a proxy that leads to it, the relay is told at the origin; else at its own address', () => {
  const address = (settings: object) => {
    const templates = synthesizeAll(entries, { domain: { name }, ...settings });
    const [told] = variablesOf(templates).flatMap(({ RELAY }) => (RELAY === undefined ? [] : [RELAY]));
    return [told, values(templates.get('service')!)['RelayAddress']];
  };
  const own = { 'Fn::GetAtt': ['RelayUrl', 'FunctionUrl'] };
  expect(address({ proxy: { ...proxy, relay: true } })).toEqual(Array(2).fill(`https://${name}/relay`));
  expect(address({ domain: { name, edge: true }, proxy })).toEqual(Array(2).fill(`https://${name}/relay`));
  for (const settings of [{}, { proxy }])
    expect(address(settings)).toEqual([own, { 'Fn::Join': ['', ['https://', expect.anything()]] }]);
});
