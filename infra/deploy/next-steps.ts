import { jobOutput, stackNameOf } from '#shared/deployment/stack-names.ts';
import { deployedStack, outputsOf, type Output } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';
import { recordOf, recordsIn } from '../dns/records.ts';

/** What the operator needs after a deployment: its address, the DNS records to enter, and the commands to run. */
export async function nextSteps({ settings, stacks }: Deployment): Promise<string> {
  const deployed = await Promise.all(
    stacks.map(async (stack) => ({
      name: stack.name,
      outputs: outputsOf((await deployedStack(stack)) ?? {}),
    })),
  );
  const outputs = deployed.flatMap(({ outputs }) => outputs);
  const service = deployed.find(({ name }) => name === stackNameOf(settings, 'service'))?.outputs ?? [];
  const { region, stage, mailFrom } = settings;
  const forStage = stage === null ? '' : ` -- --stage ${stage}`;
  const records = recordsIn(outputs);
  const toEnter = records.length > 0 ? ['\nTo enter at your DNS provider:', ...records.map(recordOf)] : [];
  if (service.length === 0)
    return [...toEnter, `\nNext: all other stacks, by npm run deploy${forStage}`].join('\n');
  const apps = Object.entries(settings.apps).filter(([, { confidential }]) => confidential);
  return [
    `\nLatchkey answers at ${valueOf(service, 'Address')}`,
    ...toEnter,
    '\nNext:',
    `  The first administrator's link: ${bootstrapCommand(service, region)}`,
    `  What is missing or wrong:       npm run doctor${forStage}`,
    ...apps.map(
      ([name]) =>
        `  The secret of the app ${name}: npm run -s latchkey -- apps secret ${name} --function ${valueOf(service, jobOutput('app-secret'))} --region ${region}`,
    ),
    ...(mailFrom === null ? ['  No mail goes out, as mailFrom is not set: links are copied by hand.'] : []),
  ].join('\n');
}

/** The command that makes the first administrator's link. */
export const bootstrapCommand = (outputs: readonly Output[], region: string): string =>
  `npm run -s latchkey -- bootstrap --function ${valueOf(outputs, jobOutput('admin-bootstrap'))} --region ${region}`;

const valueOf = (outputs: readonly Output[], key: string): string =>
  outputs.find((output) => output.key === key)?.value ?? '(no output of that name)';
