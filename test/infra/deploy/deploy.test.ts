import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { deploy, showDiff } from '#infra/deploy/deploy.ts';
import type { Deployment } from '#infra/deploy/deployment.ts';
import { destroy } from '#infra/deploy/destroy.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { useAws } from './fake-aws.ts';
import { fakeMachine } from './fake-machine.ts';

const aws = useAws();
const prepared = { outputs: { BootstrapVersion: '30' } };

const table = (partition: string) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { KeySchema: [{ AttributeName: partition, KeyType: 'HASH' }] },
  DeletionPolicy: 'Retain',
});
const key = (spec: string) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeySpec: spec },
  DeletionPolicy: 'Retain',
});
const role = (...actions: string[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {},
    Policies: [
      {
        PolicyName: 'policy',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::x' }] },
      },
    ],
  },
});

const before = {
  stateful: { Resources: { Users: table('pk'), Pepper: key('HMAC_256') } },
  service: { Resources: { Role: role('s3:GetObject') } },
};

function deploymentOf(
  changes: Partial<Record<keyof typeof before, object>> = {},
  settings: object = {},
): Deployment {
  const templates = { ...before, ...changes };
  return {
    settings: parseSettings({ mailFrom: 'invites@example.com', ...settings }),
    codeBytes: 1_000_000,
    assembly: '/tmp/of-this-command',
    doubts: [],
    stacks: Object.entries(templates).map(([name, template]) => ({
      name: `latchkey-${name}`,
      region: 'us-east-1',
      template: template as Record<string, unknown>,
    })),
  };
}

/** The account after a first deployment. */
function deployed(isProtected = true): void {
  aws.stacks = {
    CDKToolkit: prepared,
    'latchkey-stateful': { template: before.stateful, isProtected },
    'latchkey-service': {
      template: before.service,
      outputs: { Address: 'https://abc.example.com', AdminBootstrapName: 'latchkey-AdminBootstrap-1' },
    },
  };
}

const refusal = (act: Promise<unknown>) =>
  act.then(
    () => 'nothing',
    (error: Error) => `${error.name}: ${error.message}`,
  );

test('R8.1: a first deployment asks, deploys all stacks in their order by the CDK, and says what comes next', async () => {
  aws.stacks = { CDKToolkit: prepared };
  const person = fakeMachine('y');
  await deploy(deploymentOf(), {}, person.machine);
  expect(person.said).toEqual([
    'latchkey-stateful is new: everything in it is made, permissions included.',
    'latchkey-service is new: everything in it is made, permissions included.',
  ]);
  expect(person.ran).toEqual([expect.arrayContaining(['deploy', 'latchkey-stateful', 'latchkey-service'])]);
  expect(person.ran[0]).toEqual(expect.arrayContaining(['--require-approval', 'never']));
  const after = fakeMachine();
  deployed();
  aws.stacks['latchkey-service']!.outputs = {
    ...aws.stacks['latchkey-service']!.outputs,
    JoinRecord: {
      value: 'd-1.example.net',
      description: 'To enter at the DNS provider: the value of a CNAME record of join.example.com',
    },
  };
  await deploy(deploymentOf(), {}, after.machine);
  const last = after.printed.at(-1);
  expect(last).toContain('Latchkey answers at https://abc.example.com');
  expect(last).toContain('CNAME join.example.com  d-1.example.net');
  expect(last).toContain('bootstrap --function latchkey-AdminBootstrap-1 --region us-east-1');
});

test.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'])(
  'R8.1: after a first deployment that failed (%s), which the CDK makes anew, it is asked as for a first one; destroy sees what is left',
  async (status) => {
    deployed(false);
    for (const [name, template] of Object.entries(before))
      aws.stacks[`latchkey-${name}`] = { template, status };
    const person = fakeMachine('n');
    expect(await refusal(deploy(deploymentOf(), {}, person.machine))).toBe('Mistakes: Nothing was done.');
    expect(person.printed).toEqual([
      'latchkey-stateful: new, 2 resources',
      'latchkey-service: new, 1 resources',
    ]);
    expect(person.said).toEqual([
      'latchkey-stateful is new: everything in it is made, permissions included.',
      'latchkey-service is new: everything in it is made, permissions included.',
    ]);
    aws.stacks['latchkey-edge'] = { status };
    const script = fakeMachine();
    await destroy(deploymentOf(), true, script.machine);
    expect(script.said).toEqual(
      expect.arrayContaining(['deletes: latchkey-edge', 'deletes: latchkey-service']),
    );
    aws.stacks['CDKToolkit'] = { status };
    expect(await refusal(deploy(deploymentOf(), {}, person.machine))).toContain('is not prepared for CDK');
  },
);

test('R8.1: a first deployment says before anything is made that the relay may not be there, where Lambda had no function URLs', async () => {
  const asked = async (region: string) => {
    const person = fakeMachine('n');
    await refusal(deploy(deploymentOf({}, { region }), {}, person.machine));
    return person.said.filter((sentence) => sentence.includes('function URLs'));
  };
  aws.stacks = { CDKToolkit: prepared };
  expect(await asked('eu-central-2')).toEqual([
    expect.stringMatching(/^Lambda had no function URLs in eu-central-2 .* Choose another region/),
  ]);
  expect(await asked('eu-central-1')).toEqual([]);
  deployed();
  expect(await asked('eu-central-2')).toEqual([]);
});

test('R8.1: what is refused at the question is not deployed, and without a terminal only --yes goes on', async () => {
  deployed();
  const wider = deploymentOf({ service: { Resources: { Role: role('s3:GetObject', 's3:PutObject') } } });
  const person = fakeMachine('n');
  expect(await refusal(deploy(wider, {}, person.machine))).toBe('Mistakes: Nothing was done.');
  expect(person.said).toEqual(['latchkey-service: permissions change, and may be wider than before.']);
  const script = fakeMachine();
  expect(await refusal(deploy(wider, {}, script.machine))).toMatch(/^WrongUse: There is no terminal.*--yes/);
  expect([...person.ran, ...script.ran]).toEqual([]);
  await deploy(wider, { yes: true }, script.machine);
  expect(script.ran).toHaveLength(1);
});

test('R8.1: a change that widens and replaces nothing asks nothing', async () => {
  deployed();
  const more = deploymentOf({
    service: {
      Resources: { ...before.service.Resources, Topic: { Type: 'AWS::SNS::Topic', Properties: {} } },
    },
  });
  const script = fakeMachine();
  await deploy(more, {}, script.machine);
  expect(script.ran).toHaveLength(1);
});

test('R8.1: --only deploys one stack, by its kind or name, after the same refusals, and nothing that it stands on', async () => {
  deployed();
  const { stateful } = before;
  const replaced = { stateful: { Resources: { ...stateful.Resources, Users: table('id') } } };
  const script = fakeMachine();
  for (const only of ['service', 'latchkey-service'])
    await deploy(deploymentOf(replaced), { only }, script.machine);
  const once = ['deploy', 'latchkey-service', '--exclusively'];
  expect(script.ran.map((args) => args.slice(0, 3))).toEqual([once, once]);
  expect(await refusal(deploy(deploymentOf(replaced), { only: 'stateful' }, script.machine))).toContain(
    'AWS::DynamoDB::Table Users of latchkey-stateful would be replaced',
  );
  expect(await refusal(deploy(deploymentOf(), { only: 'edge' }, script.machine))).toBe(
    'WrongUse: The settings ask for no stack edge. There are: latchkey-stateful, latchkey-service.',
  );
  expect(script.ran).toHaveLength(2);
});

test('R8.1: --only finds CloudFront’s stack of another region, and a deployment without its service says to deploy all', async () => {
  aws.stacks = { CDKToolkit: prepared };
  const edge = { name: 'latchkey-edge-eu-central-1', region: 'us-east-1', template: { Resources: {} } };
  const person = fakeMachine('y');
  const deployment = deploymentOf({}, { region: 'eu-central-1' });
  await deploy({ ...deployment, stacks: [...deployment.stacks, edge] }, { only: 'edge' }, person.machine);
  expect(person.said).toEqual([expect.stringMatching(/^latchkey-edge-eu-central-1 is new/)]);
  expect(person.printed.at(-1)).toBe('\nNext: all other stacks, by npm run deploy');
});

test('R8.1: while CloudFormation works on a stack, as after a lost connection, nothing is deployed or called so; other stacks are by --only', async () => {
  deployed();
  const domain = { name: 'latchkey-domain', region: 'us-east-1', template: { Resources: {} } };
  aws.stacks['latchkey-domain'] = { template: domain.template, status: 'CREATE_IN_PROGRESS' };
  const { stacks, ...others } = deploymentOf();
  const withDomain = { ...others, stacks: [...stacks, domain] };
  const script = fakeMachine();
  const refused = await refusal(deploy(withDomain, { yes: true }, script.machine));
  expect(refused).toMatch(
    /^Mistakes: CloudFormation still works on latchkey-domain in us-east-1: CREATE_IN_/,
  );
  expect(refused).toContain('Its certificate may wait for its record: docs/domain.md');
  expect([...script.ran, ...script.printed, ...script.said]).toEqual([]);
  await deploy(withDomain, { only: 'service' }, script.machine);
  expect(script.ran).toHaveLength(1);
  aws.stacks['latchkey-domain'].status = 'UPDATE_COMPLETE';
  aws.stacks['latchkey-service']!.status = 'UPDATE_ROLLBACK_IN_PROGRESS';
  expect(await refusal(deploy(withDomain, { yes: true }, script.machine))).not.toContain('certificate');
  aws.stacks['latchkey-service']!.status = 'UPDATE_ROLLBACK_COMPLETE';
  await deploy(withDomain, { yes: true }, script.machine);
  expect(script.ran).toHaveLength(2);
});

test('R8.1: credentials that run out while it is deployed fail no deployment, and it says how to go on', async () => {
  deployed();
  const script = fakeMachine();
  const cdk = async () => void (aws.refused['DescribeStacks'] = 'ExpiredToken');
  await deploy(deploymentOf(), { yes: true }, { ...script.machine, cdk });
  expect(script.said).toEqual([
    expect.stringMatching(/^It is deployed\..* run this again/),
    expect.stringContaining('credentials have expired'),
  ]);
});

test('R8.1: after a deployment the commands of the first link and of each confidential app’s secret are told', async () => {
  deployed();
  const app = { title: 'Portal', redirectUris: ['https://portal.example.com/callback'] };
  const apps = { portal: { ...app, confidential: true }, other: app };
  aws.stacks['latchkey-service']!.outputs = {
    ...aws.stacks['latchkey-service']!.outputs,
    AppSecretName: 'latchkey-AppSecret-1',
  };
  const script = fakeMachine();
  await deploy(deploymentOf({}, { apps }), {}, script.machine);
  const told = script.printed.at(-1);
  expect(told).toContain(
    'npm run -s latchkey -- apps secret portal --function latchkey-AppSecret-1 --region us-east-1',
  );
  expect(told).not.toContain('apps secret other');
});

test.each([
  ['a table of another key', { Users: table('id'), Pepper: key('HMAC_256') }, 'AWS::DynamoDB::Table Users'],
  ['a key of another kind', { Users: table('pk'), Pepper: key('HMAC_512') }, 'AWS::KMS::Key Pepper'],
])('R8.5: %s is refused, whatever is answered', async (_, Resources, what) => {
  deployed();
  const script = fakeMachine('y');
  const wrong = deploymentOf({ stateful: { Resources } });
  for (const act of [
    () => deploy(wrong, { yes: true }, script.machine),
    () => showDiff(wrong, script.machine),
  ])
    expect(await refusal(act())).toContain(`${what} of latchkey-stateful would be replaced by an empty one.`);
  expect(script.ran).toEqual([]);
});

test('R8.1: a table or key that leaves the template is told before', async () => {
  deployed();
  const person = fakeMachine('n');
  await refusal(deploy(deploymentOf({ stateful: { Resources: {} } }), {}, person.machine));
  expect(person.said).toContain(
    'latchkey-stateful: gives up, but does not delete, AWS::DynamoDB::Table Users.',
  );
});

test('R8.1: without credentials, or where CDK has not prepared the region, a sentence says what to do', async () => {
  const script = fakeMachine();
  expect(await refusal(deploy(deploymentOf(), { yes: true }, script.machine))).toBe(
    'Mistakes: The region us-east-1 is not prepared for CDK.\nRun: npm run bootstrap',
  );
  aws.stacks = { CDKToolkit: { outputs: { BootstrapVersion: '3' } } };
  expect(await refusal(deploy(deploymentOf(), { yes: true }, script.machine))).toContain(
    'by an old version (3; 6 is needed)',
  );
  aws.refused = { GetCallerIdentity: 'ExpiredToken' };
  expect(await refusal(deploy(deploymentOf(), { yes: true }, script.machine))).toContain(
    'credentials have expired',
  );
  aws.refused = { GetCallerIdentity: 'InvalidClientTokenId' };
  expect(await refusal(deploy(deploymentOf(), { yes: true }, script.machine))).toContain(
    'does not know these credentials',
  );
  expect(script.ran).toEqual([]);
});

test('R8.1: destroy says what stays, wants the name typed, and leaves what is protected whole', async () => {
  deployed();
  const wrong = fakeMachine('yes');
  expect(await refusal(destroy(deploymentOf(), false, wrong.machine))).toBe('Mistakes: Nothing was done.');
  expect(wrong.said).toEqual([
    'stays:   latchkey-stateful, which is protected: all of its tables and keys, and so all data',
    'deletes: latchkey-service',
    expect.stringContaining('set "protect": false'),
  ]);
  expect(await refusal(destroy(deploymentOf(), false, fakeMachine().machine))).toMatch(/^WrongUse: .*--yes/);
  const right = fakeMachine('latchkey');
  await destroy(deploymentOf(), false, right.machine);
  expect(wrong.ran).toEqual([]);
  expect(right.ran[0]!.slice(0, 4)).toEqual(['destroy', 'latchkey-service', '--exclusively', '--force']);
});

test('R8.1: destroy leaves the sender with what is protected: SES would know it at the next deployment', async () => {
  deployed();
  const mail = { Resources: { Sender: { Type: 'AWS::SES::EmailIdentity', Properties: {} } } };
  aws.stacks['latchkey-mail'] = { template: mail };
  const { stacks, ...others } = deploymentOf();
  const withMail = {
    ...others,
    stacks: [...stacks, { name: 'latchkey-mail', region: 'us-east-1', template: mail }],
  };
  const person = fakeMachine('latchkey');
  await destroy(withMail, false, person.machine);
  expect(person.said).toContain(
    'stays:   latchkey-mail, so that the next deployment finds the sender as it is',
  );
  expect(person.ran[0]).not.toContain('latchkey-mail');
});

test('R8.1: what was compared is deployed and deleted, and not what another command has written to cdk.out meanwhile', async () => {
  deployed(false);
  const script = fakeMachine();
  await deploy(deploymentOf(), { yes: true }, script.machine);
  await destroy(deploymentOf(), true, script.machine);
  expect(script.ran.map((args) => args[args.indexOf('--app') + 1])).toEqual([
    '/tmp/of-this-command',
    '/tmp/of-this-command',
  ]);
});

test('R8.1: destroy names what an unprotected stack leaves behind, and what is not there', async () => {
  deployed(false);
  const script = fakeMachine();
  await destroy(deploymentOf(), true, script.machine);
  expect(script.said).toContain('stays:   Users, Pepper of latchkey-stateful, which nothing manages then');
  expect(script.ran[0]).toEqual(expect.arrayContaining(['latchkey-stateful', 'latchkey-service']));
  aws.stacks = {};
  expect(await refusal(destroy(deploymentOf(), true, script.machine))).toContain(
    'There is nothing of latchkey',
  );
});

test('R8.1: a deletion for good names what no stack holds, with the commands; where data stays, it offers none', async () => {
  const settings = {
    ...behindCloudFront,
    restoredTables: { users: { name: 'users-2' } },
    keyReplicas: { pepper: 'arn:aws:kms:us-east-1:123456789012:key/mrk-1' },
  };
  const told = async (isProtected: boolean) => {
    deployed(isProtected);
    aws.stacks['latchkey-service']!.outputs = {
      RestoredTables: JSON.stringify({ users: { name: 'users-1' } }),
      DnsReturnMx: 'bounces.mine.test MX 10 feedback-smtp.us-east-1.amazonses.com',
    };
    const script = fakeMachine();
    await destroy(deploymentOf({}, settings), true, script.machine);
    return script.said.join('\n');
  };
  const text = await told(false);
  for (const command of [
    'aws dynamodb delete-table --region us-east-1 --table-name users-2',
    'aws dynamodb update-table --region us-east-1 --table-name users-1 --no-deletion-protection-enabled',
    'aws kms schedule-key-deletion --region us-east-1 --pending-window-in-days 7 --key-id arn:aws:kms:us-east-1:123456789012:key/mrk-1',
    'aws secretsmanager delete-secret --region us-east-1 --secret-id latchkey-proxy-',
    'MX    bounces.mine.test',
  ])
    expect(text).toContain(command);
  expect(text.match(/delete-table/g)).toHaveLength(2);
  expect(await told(true)).not.toMatch(/delete-table|schedule-key-deletion|delete-secret/);
});

const secret = 'what CloudFront says to prove itself';
const behindCloudFront = {
  domain: { name: 'join.example.com', edge: true },
  proxy: { secretHashes: [hash('sha256', secret, 'hex')] },
};
const keep = (text: string) => (aws.json['GetSecretValue'] = { SecretString: text });

test.each([
  ['another', () => keep('mistyped'), /is not the one whose hash stands first in proxy\.secretHashes/],
  ['one that ends in a line end', () => keep(`${secret}\n`), /is not the one/],
  [
    'none',
    () => refuseSecret('ResourceNotFoundException'),
    /^Mistakes: Secrets Manager has no secret latchkey-proxy-/,
  ],
])(
  'R8.1: with %s as the secret of CloudFront, which would shut everybody out, nothing is deployed',
  async (_, act, what) => {
    deployed();
    act();
    const script = fakeMachine();
    const refused = await refusal(deploy(deploymentOf({}, behindCloudFront), { yes: true }, script.machine));
    expect(refused).toMatch(what);
    expect(refused).toContain('npm run proxy-secret');
    expect(refused).not.toContain('mistyped');
    expect(script.ran).toEqual([]);
  },
);

const refuseSecret = (code: string) =>
  void (aws.json['GetSecretValue'] = Object.assign(new Error('refused'), { name: code }));

test('R8.1: the right secret of CloudFront, and one that the caller may not read, stop no deployment', async () => {
  deployed();
  keep(secret);
  const reader = fakeMachine();
  await deploy(deploymentOf({}, behindCloudFront), { yes: true }, reader.machine);
  expect(reader.said).toEqual([]);
  refuseSecret('AccessDeniedException');
  const other = fakeMachine();
  await deploy(deploymentOf({}, behindCloudFront), { yes: true }, other.machine);
  expect(other.said).toEqual([expect.stringContaining('could not be looked at: AccessDeniedException')]);
  expect([...reader.ran, ...other.ran]).toHaveLength(2);
});

test('R8.1: stacks that the settings ask for no more are told, by a deployment and by its preview', async () => {
  deployed();
  aws.stacks['latchkey-monitoring'] = {};
  aws.stacks['latchkey-edge'] = {};
  const script = fakeMachine();
  await showDiff(deploymentOf(), script.machine);
  await deploy(deploymentOf(), { yes: true }, script.machine);
  const told = [
    expect.stringMatching(/^latchkey-edge is still there, .* --stack-name latchkey-edge --region us-east-1$/),
    expect.stringMatching(/^latchkey-monitoring is still there, /),
  ];
  expect(script.said).toEqual([...told, ...told]);
});

test.each([
  ['domain', { edge: true }, 'CloudFront (output of latchkey-edge)'],
  ['edge', {}, 'the API (output of latchkey-domain)'],
])(
  'R8.1: the stack %s, to which a record elsewhere may still lead, is to be deleted once that leads on',
  async (kind, more, to) => {
    deployed();
    keep(secret);
    aws.stacks[`latchkey-${kind}`] = {};
    const settings = { ...behindCloudFront, domain: { name: 'join.example.com', ...more } };
    const script = fakeMachine();
    await showDiff(deploymentOf({}, settings), script.machine);
    expect(script.said).toEqual([
      expect.stringContaining(
        `Once the record of join.example.com has led to ${to} for as long as its TTL, delete it: aws cloudformation delete-stack --stack-name latchkey-${kind} `,
      ),
    ]);
  },
);

test('R8.1: a deployment that leads a name past CloudFront, while the API refuses whatever does not come by it, asks first', async () => {
  deployed();
  const region = 'eu-central-1';
  aws.stacks['latchkey-edge-eu-central-1'] = {};
  const { proxy } = behindCloudFront;
  const asked = async (more: object) => {
    const script = fakeMachine();
    const settings = { region, domain: { name: 'join.example.com' }, proxy: { ...proxy, ...more } };
    const deployment = deploymentOf({}, settings);
    const domain = { name: 'latchkey-domain', template: { Resources: {} } };
    const stacks = [...deployment.stacks, domain].map((stack) => ({ ...stack, region }));
    expect(await refusal(deploy({ ...deployment, stacks }, {}, script.machine))).toMatch(/^WrongUse: /);
    return script.said.filter((sentence) => sentence.includes('proxy.required'));
  };
  expect(await asked({})).toEqual([
    expect.stringMatching(/^join\.example\.com goes back from CloudFront to the API/),
  ]);
  expect(await asked({ required: false })).toEqual([]);
  aws.stacks['latchkey-edge-eu-central-1'] = { status: 'ROLLBACK_COMPLETE' };
  expect(await asked({}), 'a first deployment that failed').toEqual([]);
  aws.stacks['latchkey-edge-eu-central-1'] = {};
  aws.refused['DescribeStacks us-east-1'] = 'AccessDenied';
  expect(await asked({})).toEqual([]);
});

test('R8.1: destroy deletes also stacks that the settings ask for no more, before what they stand on', async () => {
  deployed();
  aws.stacks['latchkey-domain'] = {};
  const person = fakeMachine('latchkey');
  await destroy(deploymentOf(), false, person.machine);
  expect(person.said).toContain('deletes: latchkey-domain');
  expect(Object.keys(aws.stacks)).not.toContain('latchkey-domain');
  expect(person.ran).toEqual([expect.not.arrayContaining(['latchkey-domain'])]);
});

test('R8.1: whoever has no rights in the region of CloudFront, and nothing there, deploys, previews and destroys', async () => {
  deployed();
  aws.stacks['latchkey-monitoring'] = {};
  aws.refused['DescribeStacks us-east-1'] = 'AccessDenied';
  const region = 'eu-central-1';
  const { stacks, ...others } = deploymentOf({}, { region });
  const elsewhere = { ...others, stacks: stacks.map((stack) => ({ ...stack, region })) };
  const unseen =
    'Whether latchkey-edge-eu-central-1 is there, in us-east-1, could not be looked at: AccessDenied.';
  const script = fakeMachine();
  await showDiff(elsewhere, script.machine);
  await deploy(elsewhere, { yes: true }, script.machine);
  const told = [unseen, expect.stringMatching(/^latchkey-monitoring is still there, /)];
  expect(script.said).toEqual([...told, ...told]);
  const person = fakeMachine('latchkey');
  await destroy(elsewhere, false, person.machine);
  expect(person.said[0]).toBe(unseen);
  expect([...script.ran, ...person.ran].map(([command]) => command)).toEqual(['deploy', 'destroy']);
  aws.refused['DescribeStacks us-east-1'] = 'Throttling';
  expect(await refusal(destroy(elsewhere, true, person.machine))).toMatch(/^Throttling: /);
});

test('R8.3: a deployment that would leave a restored table asks first', async () => {
  deployed();
  aws.stacks['latchkey-service']!.outputs = {
    ...aws.stacks['latchkey-service']!.outputs,
    RestoredTables: JSON.stringify({ users: { name: 'users-of-tuesday' }, invites: { name: 'invites-2' } }),
  };
  const settings = { restoredTables: { invites: { name: 'invites-2' } } };
  const person = fakeMachine('n');
  expect(await refusal(deploy(deploymentOf({}, settings), {}, person.machine))).toBe(
    'Mistakes: Nothing was done.',
  );
  expect(person.said).toEqual([
    'The service leaves the restored table users-of-tuesday for its own table users: what was written to users-of-tuesday is not in that.',
  ]);
  expect(person.ran).toEqual([]);
});

const stageOf = (...routes: string[]) => ({
  Resources: {
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        RouteSettings: Object.fromEntries(routes.map((route) => [route, { ThrottlingRateLimit: 1 }])),
      },
    },
  },
});

test('R8.3: throttles of routes that go, which API Gateway keeps and stumbles over, are told with the command that deletes them', async () => {
  deployed();
  aws.stacks['latchkey-service'] = {
    template: stageOf('POST /login', 'POST /old'),
    outputs: { ApiId: 'abc123' },
  };
  const person = fakeMachine('n');
  const without = deploymentOf({ service: stageOf('POST /login', 'POST /new') });
  expect(await refusal(deploy(without, {}, person.machine))).toBe('Mistakes: Nothing was done.');
  expect(person.said).toEqual([
    expect.stringMatching(
      /^latchkey-service: .* throttle of POST \/old, .*: aws apigatewayv2 delete-route-settings --region us-east-1 --api-id abc123 --stage-name '\$default' --route-key 'POST \/old'$/,
    ),
  ]);
  const agreed = fakeMachine();
  await deploy(without, { yes: true }, agreed.machine);
  expect(agreed.said).toEqual(person.said);
  const script = fakeMachine();
  await deploy(
    deploymentOf({ service: stageOf('POST /login', 'POST /old', 'POST /new') }),
    {},
    script.machine,
  );
  expect(script.said).toEqual([]);
});

test('R8.1: letters beyond ASCII, which CloudFormation shows as question marks, are no change', async () => {
  const serviceOf = (name: string, memory: number) => ({
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { SETTINGS: `{"appName":"${name}"}` } }, MemorySize: memory },
      },
    },
  });
  deployed();
  aws.stacks['latchkey-service'] = { template: serviceOf('読書会 🔑', 512) };
  const shownTo = async (template: object) => {
    const { machine, printed } = fakeMachine();
    await showDiff(deploymentOf({ service: template }), machine);
    return printed;
  };
  // The question marks do not tell whether other letters took their places.
  for (const name of ['読書会 🔑', '勉強会 🔑'])
    expect(await shownTo(serviceOf(name, 512))).toContain(
      'latchkey-service: no change, unless of letters beyond ASCII, which CloudFormation does not show',
    );
  expect(await shownTo(serviceOf('読書会 🔑', 1_024))).toContain('latchkey-service:');
  expect(await shownTo(serviceOf('読書の会', 512))).toContain('latchkey-service:');
});
