import { expect, test } from 'vitest';
import { readSettings } from '#infra/settings/settings.ts';
import { findOperations } from '#infra/operations.ts';
import { sentencesOf } from './sentences.ts';
import { ofType, readable, synthesize, type Template, type Templates } from './synthesize.ts';

const mailFrom = 'invites@example.com';
const mailDomain = 'example.com';
const identity = ({ mail }: Templates) => ofType(mail, 'AWS::SES::EmailIdentity');
const ses = (templates: Templates) =>
  Object.entries<Template>({ ...templates }).flatMap(([stack, { Resources }]) =>
    Object.values(Resources)
      .filter(({ Type }) => /^AWS::(SES|SNS)::/.test(Type))
      .map(({ Type }) => `${stack} ${Type}`),
  );

test('R5.5: a sender makes an SES identity, a configuration set and its reports, in a stack of their own', () => {
  const templates = synthesize([], { mailFrom });
  expect(ses(templates).toSorted()).toEqual([
    'mail AWS::SES::ConfigurationSet',
    'mail AWS::SES::ConfigurationSetEventDestination',
    'mail AWS::SES::EmailIdentity',
    'mail AWS::SNS::Topic',
    'mail AWS::SNS::TopicPolicy',
  ]);
  expect(identity(templates)).toMatchObject([['Sender', { Properties: { EmailIdentity: mailFrom } }]]);
  expect(Object.keys(identity(templates)[0]![1].Properties)).toEqual(['EmailIdentity']);
});

test('R5.5: without a sender there is neither a stack of mail nor anything of it elsewhere', () => {
  const templates = synthesize(findOperations());
  expect(ses(templates)).toEqual([]);
  expect(templates.mail.Resources).toEqual({});
});

test('R8.1: a sender that SES knows already is not made again, and mail is sent under the same configuration set', () => {
  const templates = synthesize([], { mailFrom, mailDomain, mailIdentity: 'existing' });
  expect(identity(templates)).toEqual([]);
  expect(ofType(templates.mail, 'AWS::SES::ConfigurationSet')).toHaveLength(1);
});

test('R8.1: with a domain, SES knows all of it, signs its mail, and uses a return address below it', () => {
  const [[, { Properties }]] = identity(synthesize([], { mailFrom, mailDomain })) as [
    ReturnType<typeof identity>[number],
  ];
  expect(Properties).toEqual({
    EmailIdentity: mailDomain,
    DkimSigningAttributes: { NextSigningKeyLength: 'RSA_2048_BIT' },
    MailFromAttributes: {
      MailFromDomain: 'bounces.example.com',
      BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
    },
  });
});

test('R8.1: the outputs are what to enter at the DNS provider: name, type, value', () => {
  const templates = synthesize([], { mailFrom, mailDomain, region: 'eu-west-1' });
  const records = Object.entries(templates.mail.Outputs)
    .filter(([id]) => id.startsWith('Dns'))
    .map(([, { Value }]) => readable(Value, templates));
  expect(records).toEqual([
    '${Sender.DkimDNSTokenName1} CNAME ${Sender.DkimDNSTokenValue1}',
    '${Sender.DkimDNSTokenName2} CNAME ${Sender.DkimDNSTokenValue2}',
    '${Sender.DkimDNSTokenName3} CNAME ${Sender.DkimDNSTokenValue3}',
    'bounces.example.com MX 10 feedback-smtp.eu-west-1.amazonses.com',
    'bounces.example.com TXT "v=spf1 include:amazonses.com ~all"',
    '_dmarc.example.com TXT "v=DMARC1; p=none"',
  ]);
});

test('R8.3: with `protect`, the sender stays known to SES when it leaves the stack', () => {
  expect(identity(synthesize([], { mailFrom }))[0]![1]).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
  });
  expect(identity(synthesize([], { mailFrom, protect: false }))[0]![1]).toMatchObject({
    DeletionPolicy: 'Delete',
  });
});

test.each([
  [{ mailDomain }, 'it is missing.'],
  [{ mailDomain, mailFrom: null }, 'it is missing.'],
  [{ mailDomain, mailFrom: 'invites@example.org' }, 'it is "invites@example.org".'],
  [{ mailDomain, mailFrom: 'invites@notexample.com' }, 'it is "invites@notexample.com".'],
])('R3.9: the sender must be at its domain: %j', (latchkey, end) => {
  const [sentence = '', ...more] = sentencesOf(() => readSettings({ latchkey }));
  expect(more).toEqual([]);
  expect(sentence).toMatch(/^mailFrom must be an address at example\.com, the mailDomain/);
  expect(sentence).toContain(end);
});

test.each(['Example.com', 'example', 'https://example.com', 'example.com.', '-a.example', ''])(
  'R3.9: %j is no domain of a sender',
  (wrong) => {
    expect(
      sentencesOf(() => readSettings({ latchkey: { mailDomain: wrong, mailFrom: `a@${wrong}` } })),
    ).toContain(
      `mailDomain must be a domain in lower case such as example.com or null; it is ${JSON.stringify(wrong)}.`,
    );
  },
);
