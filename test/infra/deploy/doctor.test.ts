import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Deployment } from '#infra/deploy/deployment.ts';
import { diagnose } from '#infra/doctor/doctor.ts';
import { jsonOf, textOf } from '#infra/doctor/show-diagnosis.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { useAws } from './fake-aws.ts';

const aws = useAws();

/** Serves the deployment's own address: its answers by path. */
let service: Server;
let address: string;
let answers: Record<string, { status?: number; json: object }>;
beforeAll(async () => {
  service = createServer((request, response) => {
    const { status = 200, json } = answers[request.url ?? ''] ?? { status: 404, json: {} };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  service.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(() => void service.close());

const table = (partition: string) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { KeySchema: [{ AttributeName: partition, KeyType: 'HASH' }] },
});
const templates = {
  stateful: { Resources: { Users: table('pk') } },
  mail: { Resources: {} },
  service: {
    Resources: {
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { DefaultRouteSettings: { ThrottlingRateLimit: 10 } },
      },
      Relay: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 50 } },
    },
  },
  monitoring: {
    Resources: {
      Alarms: {
        Type: 'AWS::SNS::Topic',
        Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'ops@example.com' }] },
      },
    },
  },
};

const settings = { mailFrom: 'invites@example.com', mailDomain: 'example.com' };
const deploymentOf = (told: object = settings, changed: object = {}): Deployment => ({
  settings: parseSettings(told),
  codeBytes: 9_000_000,
  assembly: '/tmp/of-this-command',
  doubts: [],
  stacks: Object.entries({ ...templates, ...changed }).map(([name, template]) => ({
    name: `latchkey-${name}`,
    region: 'us-east-1',
    template: template as Record<string, unknown>,
  })),
});

const records: Record<string, string[]> = {
  'CNAME a._domainkey.example.com': ['a.dkim.amazonses.com'],
  'TXT _dmarc.example.com': ['v=DMARC1; p=reject'],
};

/** A fully deployed account without any trouble. */
beforeEach(() => {
  delete records['CNAME join.example.com'];
  delete records['MX bounces.example.com'];
  records['CNAME a._domainkey.example.com'] = ['a.dkim.amazonses.com'];
  aws.stacks = {
    CDKToolkit: { outputs: { BootstrapVersion: '30' } },
    'latchkey-stateful': { template: templates.stateful },
    'latchkey-mail': {
      template: templates.mail,
      outputs: {
        DnsDkim1: 'a._domainkey.example.com CNAME a.dkim.amazonses.com',
        DnsDmarc: '_dmarc.example.com TXT "v=DMARC1; p=none"',
        ConfigurationSet: 'set-1',
      },
    },
    'latchkey-service': {
      template: templates.service,
      outputs: {
        Address: address,
        AdminBootstrapName: 'latchkey-AdminBootstrap',
        DeploymentProbeName: 'latchkey-DeploymentProbe',
      },
    },
    'latchkey-monitoring': { template: templates.monitoring },
  };
  aws.xml = {
    ListStackResources:
      '<StackResourceSummaries><member><LogicalResourceId>Alarms</LogicalResourceId><ResourceType>AWS::SNS::Topic</ResourceType><PhysicalResourceId>arn:aws:sns:us-east-1:123456789012:Alarms</PhysicalResourceId><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-01-01T00:00:00Z</LastUpdatedTimestamp></member></StackResourceSummaries>',
    ListSubscriptionsByTopic: subscription('arn:aws:sns:us-east-1:123456789012:Alarms:1'),
  };
  aws.json = {
    'GET /2016-08-19/account-settings': {
      AccountLimit: { ConcurrentExecutions: 1000, TotalCodeSize: 80e9 },
      AccountUsage: { TotalCodeSize: 1e9 },
    },
    'GET /v2/email/account': {
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { MaxSendRate: 14, Max24HourSend: 50_000 },
    },
    'GET /v2/email/identities/example.com': { VerifiedForSendingStatus: true },
    ListServiceQuotas: {
      Quotas: [{ QuotaName: 'Cryptographic operations (symmetric) request rate', Value: 10_000 }],
    },
    [probe]: { hasAdmin: true, at: '2026-03-01T00:00:00.000Z' },
  };
  invites = ['sent', 'delivered'];
  refusals = {};
  answers = {
    '/health': { json: { status: 'ok' } },
    '/.well-known/openid-configuration': {
      json: { issuer: address, jwks_uri: `${address}/.well-known/jwks.json` },
    },
    '/.well-known/jwks.json': { json: { keys: [{ kid: '1' }] } },
  };
});

const probe = 'POST /2015-03-31/functions/latchkey-DeploymentProbe/invocations';
/** The state of the invite's delivery at each look. */
let invites: string[];
/** What the deployment refuses the probe, with the reason. */
let refusals: Record<string, string>;
aws.invoke = (wish) => {
  const { do: what } = wish as { do: string };
  const refused = refusals[what];
  if (refused !== undefined) return { refused };
  if (what === 'look') return aws.json[probe]!;
  return what === 'invite'
    ? { invite: 'i1' }
    : { delivery: invites.length > 1 ? invites.shift() : invites[0] };
};

const subscription = (arn: string) =>
  `<Subscriptions><member><Endpoint>ops@example.com</Endpoint><Protocol>email</Protocol><SubscriptionArn>${arn}</SubscriptionArn></member></Subscriptions>`;

const look = (deployment = deploymentOf(), mails = true) =>
  diagnose(deployment, {
    resolve: async (name, type) => records[`${type} ${name}`] ?? [],
    mails,
    wait: async () => undefined,
  });

/** The findings other than `fine`, as `level check: …`. */
async function troubles(...args: Parameters<typeof look>) {
  const { findings } = await look(...args);
  for (const { level, remedy = '' } of findings)
    if (level !== 'fine') expect(remedy, 'each trouble has its remedy').toMatch(/\w+.*/);
  return findings
    .filter(({ level }) => level !== 'fine')
    .map((one) => `${one.level} ${one.check}: ${one.found}`);
}

test('R8.5: where all is well, every thing was looked at and nothing is found', async () => {
  const { findings, isDeployed } = await look();
  expect(findings.filter(({ level }) => level !== 'fine')).toEqual([]);
  expect(isDeployed).toBe(true);
  expect(new Set(findings.map(({ check }) => check))).toEqual(
    new Set(
      'credentials clock secrets bootstrap quotas.lambda quotas.code quotas.kms mail.account mail.rate mail.sender dns changes health jwks administrator invite alarms'.split(
        ' ',
      ),
    ),
  );
  expect(textOf({ findings, isDeployed })).toContain('0 broken, 0 warnings, 0 not looked at.');
});

test('R8.5: before the first deployment it says so, and expects nothing that is not there yet', async () => {
  aws.stacks = { CDKToolkit: aws.stacks['CDKToolkit']! };
  delete aws.json['GET /v2/email/identities/example.com'];
  expect(await troubles()).toEqual([]);
  const { isDeployed, findings } = await look();
  expect(isDeployed).toBe(false);
  expect(textOf({ isDeployed, findings })).toContain('run it again after npm run deploy');
});

test('R8.5: after a first deployment that failed it says what it says before one, and that SES knows the sender already', async () => {
  for (const name of Object.keys(templates)) aws.stacks[`latchkey-${name}`]!.status = 'ROLLBACK_COMPLETE';
  const { isDeployed, findings } = await look();
  expect(isDeployed).toBe(false);
  expect(findings).toContainEqual(
    expect.objectContaining({ check: 'changes', found: 'Nothing is deployed yet.' }),
  );
  expect(await troubles()).toEqual([
    expect.stringMatching(/^broken mail.sender: SES knows example.com in us-east-1/),
  ]);
  expect(findings.find(({ check }) => check === 'mail.sender')?.remedy).toBe(
    'Set mailIdentity to "existing".',
  );
});

/** An organisation's policy closes one region, which holds one of our stacks. */
function closeAnotherRegion(refused: string) {
  aws.refused[refused] = 'AccessDenied';
  const { stacks, ...others } = deploymentOf();
  const edge = { name: 'latchkey-edge', region: 'eu-west-1', template: { Resources: {} } };
  return { ...others, stacks: [...stacks, edge] };
}

test('R8.5: a stack that may not be read is told as such, beside all that may be', async () => {
  const deployment = closeAnotherRegion('DescribeStacks eu-west-1');
  expect(await troubles(deployment)).toEqual([
    'unknown stacks: Whether latchkey-edge is deployed, in eu-west-1, could not be looked at: AccessDenied: not DescribeStacks',
    'unknown bootstrap: Whether the region eu-west-1 is prepared for CDK could not be looked at: AccessDenied: not DescribeStacks',
    'unknown changes: Whether a table or a key would be replaced was not looked at in latchkey-edge.',
  ]);
  const { findings, isDeployed } = await look(deployment);
  expect(isDeployed).toBe(true);
  expect(findings.map(({ found }) => found)).toContain('The region us-east-1 is prepared for CDK.');
  aws.stacks['latchkey-stateful']!.template = { Resources: { Users: table('id') } };
  expect(await troubles(deployment)).toContainEqual(expect.stringMatching(/^broken changes: .* Users of/));
});

test('R8.5: where no stack may be read it says neither that nothing is deployed nor that the sender is missing', async () => {
  aws.refused['DescribeStacks'] = 'AccessDenied';
  delete aws.json['GET /v2/email/identities/example.com'];
  const diagnosis = await look();
  expect(JSON.parse(jsonOf(diagnosis))).toMatchObject({ deployed: null, broken: false });
  expect(textOf(diagnosis)).not.toContain('Nothing is deployed yet');
  expect(diagnosis.findings).toContainEqual(
    expect.objectContaining({ check: 'mail.sender', level: 'unknown' }),
  );
});

const ours = '10 feedback-smtp.us-east-1.amazonses.com';

/** Each entry breaks one thing, and expects exactly that finding. */
const breaks: [name: string, act: () => void, found: RegExp][] = [
  [
    'expired credentials',
    () => (aws.refused['GetCallerIdentity'] = 'ExpiredToken'),
    /^broken credentials: .*expired/,
  ],
  [
    'credentials that AWS does not know',
    () => (aws.refused['GetCallerIdentity'] = 'InvalidClientTokenId'),
    /^broken credentials: AWS does not know these credentials/,
  ],
  ['a clock that is off', () => (aws.aheadSeconds = 100), /^warning clock: .* (99|100|101) seconds behind/],
  ['a clock that is far off', () => (aws.aheadSeconds = -600), /^broken clock: .* ahead of/],
  [
    'a region without CDK',
    () => delete aws.stacks['CDKToolkit'],
    /^broken bootstrap: .*us-east-1 is not prepared/,
  ],
  [
    'a new account’s Lambda',
    () => (aws.json['GET /2016-08-19/account-settings'] = limits(10)),
    /^broken quotas.lambda: The account runs 10 .*reserves 50/,
  ],
  [
    'Lambda full of code',
    () => (aws.json['GET /2016-08-19/account-settings'] = limits(1000, 1e6)),
    /^broken quotas.code: .*room for 1 MB.*takes 9 MB/,
  ],
  [
    'few calls of KMS',
    () =>
      (aws.json['ListServiceQuotas'] = {
        Quotas: [{ QuotaName: 'Cryptographic operations (symmetric) request rate', Value: 50 }],
      }),
    /^warning quotas.kms: KMS takes 50 calls a second.*ask for 60/,
  ],
  ['a rate that is not told', () => (aws.json['ListServiceQuotas'] = { Quotas: [] }), /^unknown quotas.kms/],
  [
    'the sandbox',
    () => change('GET /v2/email/account', { ProductionAccessEnabled: false }),
    /^warning mail.account: .*sandbox/,
  ],
  [
    'mail paused',
    () => change('GET /v2/email/account', { SendingEnabled: false }),
    /^broken mail.account: .*sends no mail/,
  ],
  [
    'a rate below mailsPerSecond',
    () => change('GET /v2/email/account', { SendQuota: { MaxSendRate: 0.5 } }),
    /^broken mail.rate: mailsPerSecond is 1, and SES takes 0.5/,
  ],
  [
    'a record that is missing',
    () => delete records['CNAME a._domainkey.example.com'],
    /^broken dns: CNAME a._domainkey.example.com is missing/,
  ],
  [
    'a record that leads elsewhere',
    () => (records['CNAME a._domainkey.example.com'] = ['b.example.net']),
    /^broken dns: CNAME a._domainkey.example.com is b.example.net, and should be a.dkim.amazonses.com/,
  ],
  [
    'a second mail server of the return domain, which SES takes for none',
    () => {
      aws.stacks['latchkey-mail']!.outputs = { DnsReturnMx: `bounces.example.com MX ${ours}` };
      records['MX bounces.example.com'] = ['10 feedback-smtp.eu-west-1.amazonses.com', ours];
    },
    /^broken dns: MX bounces.example.com is 10 feedback-smtp.eu-west-1.amazonses.com, 10 feedback-smtp.us-east-1.amazonses.com, and should be 10 feedback-smtp.us-east-1.amazonses.com alone/,
  ],
  [
    'a deployment that is down',
    () => (answers['/health'] = { status: 503, json: { code: 'keys_unavailable' } }),
    /^broken health: .*answers 503 keys_unavailable/,
  ],
  [
    'another address than its own',
    () =>
      (answers['/.well-known/openid-configuration'] = { json: { issuer: 'https://x', jwks_uri: address } }),
    /^broken jwks: .*calls itself https:\/\/x/,
  ],
  [
    'no key for tokens',
    () => (answers['/.well-known/jwks.json'] = { json: { keys: [] } }),
    /^broken jwks: .*no key/,
  ],
  [
    'a proxy that does not prove itself',
    () => (answers['/health'] = { status: 403, json: { code: 'misdirected' } }),
    /^broken health: .*answers 403 misdirected/,
  ],
  [
    'a stack that the settings ask for no more',
    () => (aws.stacks['latchkey-domain'] = {}),
    /^warning stacks: latchkey-domain is deployed/,
  ],
  ['nobody who administers', () => change(probe, { hasAdmin: false }), /^warning administrator/],
  [
    'an invite that nobody mails',
    () => (invites = ['pending']),
    /^broken invite: .* is pending after a minute/,
  ],
  ['a report that does not come', () => (invites = ['sent']), /^broken invite: .* is sent after a minute/],
  ['a mail that SES refuses', () => (invites = ['failed']), /^broken invite: .* is failed/],
  [
    'a deployment that mails nothing yet',
    () => (refusals = { invite: 'no_mail' }),
    /^broken invite: The deployment refused the probe: no_mail\.$/,
  ],
  [
    'an invite that the deployment does not find',
    () => (refusals = { follow: 'not_found' }),
    /^broken invite: The deployment refused the probe: not_found\.$/,
  ],
  [
    'a probe of another version',
    () => (aws.json[probe] = { administrators: 1 }),
    /^unknown administrator: .*does not answer as that of this version/,
  ],
  [
    'alarms that nobody confirmed',
    () => (aws.xml['ListSubscriptionsByTopic'] = subscription('PendingConfirmation')),
    /^broken alarms: ops@example.com has not confirmed/,
  ],
  [
    'what may not be read',
    () => (aws.refused['ListServiceQuotas'] = 'AccessDeniedException'),
    /^unknown quotas.kms: .*AccessDenied/,
  ],
];

const limits = (atOnce: number, room = 80e9) => ({
  AccountLimit: { ConcurrentExecutions: atOnce, TotalCodeSize: room },
  AccountUsage: { TotalCodeSize: 0 },
});
const change = (operation: string, fields: object): void =>
  void (aws.json[operation] = { ...aws.json[operation], ...fields });

test.each(breaks)('R8.5: finds %s, alone and with its remedy', async (_, act, found) => {
  act();
  expect(await troubles()).toEqual([expect.stringMatching(found)]);
});

test.each([
  [
    'that is not verified',
    () => change('GET /v2/email/identities/example.com', { VerifiedForSendingStatus: false }),
    /^broken mail.sender: SES has not verified example.com/,
  ],
  [
    'that is not there',
    () => delete aws.json['GET /v2/email/identities/example.com'],
    /^broken mail.sender: SES does not know example.com/,
  ],
  [
    'that is there before the first deployment',
    () => delete aws.stacks['latchkey-mail'],
    /^broken mail.sender: SES knows example.com in us-east-1 already/,
  ],
])(
  'R8.5: finds a sender %s, and blames no function for an invite that cannot go out',
  async (_, act, found) => {
    act();
    invites = ['failed'];
    expect(await troubles()).toEqual([
      expect.stringMatching(found),
      'unknown invite: Whether an invite arrives was not looked at, as SES has not verified the sender.',
    ]);
  },
);

test.each([
  ['of the deployment', settings, /^Enter the records below at your DNS provider/],
  [
    'that somebody else has made',
    { ...settings, mailIdentity: 'existing' },
    /SES shows them under Identities, example\.com, DKIM/,
  ],
  [
    'that is an address',
    { mailFrom: 'invites@example.com' },
    /within 24 hours\..* aws ses verify-email-identity --region us-east-1 --email-address invites@example\.com$/,
  ],
])('R8.5: says how a sender %s comes to be verified', async (_, told, remedy) => {
  aws.json['GET /v2/email/identities/example.com'] = { VerifiedForSendingStatus: false };
  aws.json['GET /v2/email/identities/invites%40example.com'] = { VerifiedForSendingStatus: false };
  const { findings } = await look(deploymentOf(told));
  expect(findings.find(({ check }) => check === 'mail.sender')?.remedy).toMatch(remedy);
});

test('R8.5: says of a deployment of this hour that its first key for tokens is still to be made', async () => {
  answers['/.well-known/jwks.json'] = { json: { keys: [] } };
  const { findings } = await look();
  expect(findings.find(({ check }) => check === 'jwks')?.remedy).toBe(
    'Within an hour of the first deployment: wait, as key-rotate makes the first one. Later: look at its log group.',
  );
});

test('R8.5: takes one mail server of the return domain for right, however it is written', async () => {
  aws.stacks['latchkey-mail']!.outputs = { DnsReturnMx: `bounces.example.com MX ${ours}` };
  records['MX bounces.example.com'] = [`${ours.toUpperCase()}.`];
  expect(await troubles()).toEqual([]);
});

test('R8.5: finds settings that hold secrets, and shows none of them', async () => {
  const key = 'AKIAABCDEFGHIJKLMNOP';
  const found = await troubles(
    deploymentOf({
      ...settings,
      audiences: key,
      appUrl: 'https://me:password1@example.com',
    }),
  );
  expect(found).toEqual([
    'broken secrets: appUrl holds what looks like a URL with a password.',
    'broken secrets: audiences holds what looks like an AWS access key.',
  ]);
});

test('R8.5: finds what would replace a table, no mail, no alarms, and few Lambdas that none are reserved of', async () => {
  aws.json['GET /2016-08-19/account-settings'] = limits(10);
  const found = await troubles(
    deploymentOf(
      {},
      {
        stateful: { Resources: { Users: table('id') } },
        mail: { Resources: {} },
        monitoring: { Resources: {} },
        service: { Resources: {} },
      },
    ),
  );
  expect(found).toEqual([
    expect.stringMatching(/^warning quotas.lambda: The account runs 10/),
    expect.stringMatching(/^warning mail: No mail goes out/),
    'broken changes: AWS::DynamoDB::Table Users of latchkey-stateful would be replaced by an empty one.',
    expect.stringMatching(/^warning alarms: Nobody is told/),
  ]);
});

test('R8.5: a region that the credentials may not look into hides no stack of another that the settings ask for no more', async () => {
  const region = 'eu-central-1';
  const { stacks, ...others } = deploymentOf({ ...settings, region });
  aws.refused['DescribeStacks us-east-1'] = 'AccessDenied';
  aws.stacks['latchkey-domain'] = {};
  expect(await troubles({ ...others, stacks: stacks.map((stack) => ({ ...stack, region })) })).toEqual([
    'unknown stacks: Whether latchkey-edge-eu-central-1 is there, in us-east-1, could not be looked at: AccessDenied.',
    expect.stringMatching(/^warning stacks: latchkey-domain is deployed/),
  ]);
});

test('R8.5: tells what a deployment would be refused for', async () => {
  const doubts = ['There is no latchkey.json here: bring it.'];
  expect(await troubles({ ...deploymentOf(), doubts })).toEqual([`warning settings: ${doubts[0]}`]);
});

test('R8.5: --no-mail sends none', async () => {
  const { findings } = await look(deploymentOf(), false);
  expect(findings.map(({ check }) => check)).not.toContain('invite');
});

test('R8.5: finds that the secret kept for CloudFront is another, or none', async () => {
  const proxy = { secretHashes: ['0'.repeat(64)] };
  const behind = deploymentOf({ ...settings, proxy, domain: { name: 'join.example.com', edge: true } });
  aws.json['GetSecretValue'] = { SecretString: 'mistyped' };
  expect(await troubles(behind)).toEqual([expect.stringMatching(/^broken proxy secret: .*is not the one/)]);
  aws.json['GetSecretValue'] = Object.assign(new Error('no'), { name: 'ResourceNotFoundException' });
  expect(await troubles(behind)).toEqual([
    expect.stringMatching(/^broken proxy secret: Secrets Manager has no secret latchkey-proxy-000000000000/),
  ]);
});
