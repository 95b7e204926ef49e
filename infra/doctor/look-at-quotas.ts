import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { paginateListServiceQuotas, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Needs } from './needs.ts';
import { fine, lookedAt, trouble, type Finding } from './finding.ts';

/** Lambda keeps this many concurrent executions unreserved: no function can reserve them for itself. */
const unreserved = 100;
/** A person's click loads a page and starts calls of its script and jobs. With fewer at once, some requests are answered 503. */
const comfortable = 50;
/** KMS calls of the most expensive request: a registration checks a link, peppers a password, and makes a session and codes. */
const kmsCallsPerRequest = 6;

const ask = (region: string): string =>
  `Ask for more in the console, Service Quotas in ${region}: it costs nothing and takes hours to days.`;

export const lookAtLambda = ({ region, reservedConcurrency, codeBytes }: Needs): Promise<Finding[]> =>
  lookedAt('quotas.lambda', async () => {
    const { AccountLimit: limit = {}, AccountUsage: usage = {} } = await new LambdaClient({ region }).send(
      new GetAccountSettingsCommand({}),
    );
    const { ConcurrentExecutions: atOnce = 0, TotalCodeSize: room = 0 } = limit;
    const free = room - (usage.TotalCodeSize ?? 0);
    return [
      reservedConcurrency > 0 && atOnce - reservedConcurrency < unreserved
        ? trouble(
            'quotas.lambda',
            'broken',
            `The account runs ${atOnce} Lambda functions at once, of which relayConcurrency reserves ${reservedConcurrency}; Lambda wants ${unreserved} to remain.`,
            `Lower relayConcurrency to ${Math.max(0, atOnce - unreserved)} or leave it out, or ask for more “Concurrent executions”. ${ask(region)}`,
          )
        : atOnce < comfortable
          ? trouble(
              'quotas.lambda',
              'warning',
              `The account runs ${atOnce} Lambda functions at once: a few people at a time, and the others see errors.`,
              `Before you invite many, ask for 1,000 “Concurrent executions” of AWS Lambda. ${ask(region)}`,
            )
          : fine('quotas.lambda', `The account runs ${atOnce} Lambda functions at once.`),
      free < codeBytes
        ? trouble(
            'quotas.code',
            'broken',
            `Lambda has room for ${megabytes(free)} of code in ${region}; this deployment takes ${megabytes(codeBytes)}.`,
            'Delete old versions of functions that nobody needs, or ask for more “Function and layer storage”.',
          )
        : fine('quotas.code', `Lambda has room for the code (${megabytes(codeBytes)}).`),
    ];
  });

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;

export const lookAtKms = ({ region, requestsPerSecond }: Needs): Promise<Finding[]> =>
  lookedAt('quotas.kms', async () => {
    const client = new ServiceQuotasClient({ region });
    const needed = requestsPerSecond * kmsCallsPerRequest;
    for await (const { Quotas = [] } of paginateListServiceQuotas({ client }, { ServiceCode: 'kms' }))
      for (const { QuotaName = '', Value: value = 0 } of Quotas)
        // HMAC keys are counted with the symmetric ones.
        if (QuotaName.startsWith('Cryptographic operations (symmetric) request rate'))
          return [
            value < needed
              ? trouble(
                  'quotas.kms',
                  'warning',
                  `KMS takes ${value} calls a second from this account; ${requestsPerSecond} requests a second can ask for ${needed}.`,
                  `Lower requestsPerSecond, or ask for more “${QuotaName}”. ${ask(region)}`,
                )
              : fine(
                  'quotas.kms',
                  `KMS takes ${value} calls a second, of which this deployment can ask for ${needed}.`,
                ),
          ];
    return [
      trouble(
        'quotas.kms',
        'unknown',
        'Service Quotas tells no rate of KMS in this region.',
        'Look at “Cryptographic operations (symmetric) request rate” in the console.',
      ),
    ];
  });
