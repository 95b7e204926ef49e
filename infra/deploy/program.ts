import { Command, Option } from 'commander';
import { join, relative } from 'node:path';
import { diagnose } from '../doctor/doctor.ts';
import { resolveByDns } from '../doctor/look-at-dns.ts';
import { isBroken, jsonOf, textOf } from '../doctor/show-diagnosis.ts';
import { callerIn } from './account.ts';
import { deploy, showDiff } from './deploy.ts';
import { regionsOf, root, synthesizeDeployment, type Deployment } from './deployment.ts';
import { destroy } from './destroy.ts';
import { Broken, endBy } from './ending.ts';
import type { Machine } from './machine.ts';
import type { Options } from './options.ts';
import { inOwnDirectory } from './own-directory.ts';

type Given = Options & { yes?: boolean; json?: boolean; mail?: boolean; only?: string };

const collect = (one: string, before: string[] = []): string[] => [...before, one];

const yes = (text: string) => new Option('-y, --yes', text);

/** The directory that `npm run synth` writes to, as `cdk synth` does. No other command reads or writes there. */
const templates = join(root, 'cdk.out');

/** The operator's commands, each `npm run NAME -- [options]`. */
function operatorProgram(machine: Machine, directory: string): Command {
  const program = new Command('npm run').usage('COMMAND -- [options]').exitOverride();
  const add = (name: string, summary: string, run: (given: Given) => Promise<void>): Command =>
    program
      .command(name)
      .usage('-- [options]')
      .description(summary)
      .option('--stage <name>', 'the deployment of latchkey.NAME.json, beside others')
      .option('-c, --context <latchkey:SETTING=VALUE>', 'a setting, over those of the file', collect)
      .exitOverride()
      .configureOutput({ outputError: () => undefined })
      .action((given: Given) => run(given));

  /** Each command gets its own templates: no other command may overwrite them between the operator's answer and the deployment. */
  const withTemplates = (
    purpose: Options['purpose'],
    given: Given,
    act: (deployment: Deployment) => Promise<void>,
  ) =>
    inOwnDirectory(async (assembly) =>
      act(await synthesizeDeployment({ ...given, ...(purpose && { purpose }) }, assembly, directory)),
    );

  add('synth', 'Writes the CloudFormation templates. Needs no credentials and no network.', async (given) => {
    await synthesizeDeployment(given, templates, directory);
    machine.print(`The templates are in ${relative(process.cwd(), templates)}/*.template.json`);
  });
  add('bootstrap', 'Prepares the account and region for CDK, once.', (given) =>
    withTemplates('deploy', given, async (deployment) => {
      const { region } = deployment.settings;
      const { account } = await callerIn(region);
      const environments = regionsOf(deployment).map((one) => `aws://${account}/${one}`);
      await machine.cdk(['bootstrap', ...environments, '--app', deployment.assembly], region);
    }),
  );
  add('diff', 'Shows what a deployment would change.', (given) =>
    withTemplates('deploy', given, (deployment) => showDiff(deployment, machine)),
  );
  add('deploy', 'Deploys, and asks first where permissions widen or something is replaced.', (given) =>
    withTemplates('deploy', given, (deployment) => deploy(deployment, given, machine)),
  )
    .addOption(yes('do not ask, as where there is no terminal'))
    .option('--only <stack>', 'one stack alone: stateful, mail, service, monitoring, edge or domain');
  add('destroy', 'Deletes a deployment, but for what is protected.', (given) =>
    withTemplates('destroy', given, (deployment) => destroy(deployment, given.yes === true, machine)),
  ).addOption(yes('do not ask for the name, as where there is no terminal'));
  add('doctor', 'Looks at what is missing or wrong, before a deployment and after it.', async (given) => {
    const means = { resolve: resolveByDns, mails: given.mail !== false };
    machine.say('Makes the templates of the settings …');
    await withTemplates(undefined, given, async (deployment) => {
      machine.say('Looks at the account, at DNS and at what is deployed …');
      const diagnosis = await diagnose(deployment, means);
      machine.print(given.json === true ? jsonOf(diagnosis) : textOf(diagnosis));
      if (isBroken(diagnosis)) throw new Broken();
    });
  })
    .option('--json', 'one line for scripts')
    .option('--no-mail', 'send no invite to SES’s mailbox simulator');
  return program;
}

/** Runs a command on the settings of a directory. @returns the exit code. */
export async function runOperator(
  args: readonly string[],
  machine: Machine,
  directory = root,
): Promise<number> {
  try {
    await operatorProgram(machine, directory).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return endBy(error, args[0], machine);
  }
}
