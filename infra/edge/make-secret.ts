import { hash, randomBytes } from 'node:crypto';
import { edgeRegion } from './limits.ts';
import { secretNameOf } from './secret-name.ts';

const secret = randomBytes(32).toString('hex');
const digest = hash('sha256', secret, 'hex');

console.log(`The secret by which a proxy proves itself. It is shown once and kept nowhere:

  ${secret}

1. Name its hash in the settings, before one that is there already:

  "proxy": { "secretHashes": ["${digest}"] }

2. Give the secret to the proxy. With domain.edge, keep it where CloudFormation reads it for CloudFront:

  aws secretsmanager create-secret --region ${edgeRegion} --name ${secretNameOf(digest)} --secret-string ${secret}
`);
