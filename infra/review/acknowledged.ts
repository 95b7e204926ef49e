/** A rule of cdk-nag's AwsSolutions that a resource breaks on purpose. */
interface Acknowledged {
  rule: string;
  /** The resources, by their path in the app. */
  of: RegExp;
  /** Why, for a reviewer. */
  reason: string;
}

/** What the review accepts besides wildcards, whose reasons are in the templates. */
export const acknowledged: readonly Acknowledged[] = [
  {
    rule: 'SNS3',
    of: /-mail\/FeedbackTopic$/,
    reason:
      'Its policy lets SES publish and nobody else; how an AWS service reaches SNS is for AWS to encrypt, and a denial that SES fell under would silence the reports.',
  },
  {
    rule: 'SQS3',
    of: /\/Failures$/,
    reason: 'It is itself where everything goes that failed; nothing reads it, so that nothing fails at it.',
  },
  {
    rule: 'CFR1',
    of: /-edge\/Distribution$/,
    reason: 'Guests are where their invites are read, in whatever country.',
  },
  {
    rule: 'CFR3',
    of: /-edge\/Distribution$/,
    reason:
      'What gets through is logged by the API and by its function, what does not is counted by the firewall’s rules. A log of CloudFront’s would hold paths, and with them the tokens of invites.',
  },
];
