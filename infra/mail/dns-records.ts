import type { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import type { DnsRecord } from '../dns/records.ts';

interface SenderRecord extends DnsRecord {
  type: 'CNAME' | 'MX' | 'TXT';
  /** The id of the output. */
  id: string;
}

/**
 * The domain that mail is returned to (RFC 5321, 4.4). SES requires a subdomain of the sender's domain that neither sends nor receives
 * other mail. `mail` and `smtp` are too often in use already.
 */
export const mailFromOf = (domain: string): string => `bounces.${domain}`;

/**
 * The records to enter for a sender's domain: three by which SES signs its mail (Easy DKIM), two for the domain that mail is returned
 * to, and a suggestion for DMARC. Its policy `none` changes nothing until the domain's owner is sure and sets a stricter one.
 */
export function dnsRecords(domain: string, region: string, identity: CfnEmailIdentity): SenderRecord[] {
  const dkim = [
    [identity.attrDkimDnsTokenName1, identity.attrDkimDnsTokenValue1],
    [identity.attrDkimDnsTokenName2, identity.attrDkimDnsTokenValue2],
    [identity.attrDkimDnsTokenName3, identity.attrDkimDnsTokenValue3],
  ] as const;
  const returns = mailFromOf(domain);
  return [
    ...dkim.map(([name, value], index): SenderRecord => ({
      id: `DnsDkim${index + 1}`,
      name,
      type: 'CNAME',
      value,
      description: 'Proves the domain to SES and signs its mail',
    })),
    {
      id: 'DnsReturnMx',
      name: returns,
      type: 'MX',
      value: `10 feedback-smtp.${region}.amazonses.com`,
      description: 'Where mail that cannot be delivered comes back to',
    },
    {
      id: 'DnsReturnSpf',
      name: returns,
      type: 'TXT',
      value: '"v=spf1 include:amazonses.com ~all"',
      description: 'Who may send with that return address',
    },
    {
      id: 'DnsDmarc',
      name: `_dmarc.${domain}`,
      type: 'TXT',
      value: '"v=DMARC1; p=none"',
      description: 'A suggestion, unless the domain has such a record: see docs/mail.md',
    },
  ];
}
