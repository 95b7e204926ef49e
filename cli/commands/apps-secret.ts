import { clientSecretResponse } from '#shared/apps/client-secret-response.ts';
import { command } from '../command.ts';
import { CommandError, exit } from '../failures.ts';
import { invokeJob, jobOptions } from '../server/invoke-job.ts';

/** What a refusal means, and what to do. */
const refusals = {
  unknown_app: (app: string) => [`There is no app ${app}.`, 'Apps are those of the setting apps.'],
  public_app: (app: string) => [
    `${app} has no secret: it signs people in by PKCE alone.`,
    'A program on a server may have one: set confidential of the app to true, and deploy.',
  ],
  shown_already: (app: string) => [
    `The secret of ${app} was shown before, and is kept nowhere.`,
    'A new one, beside which the old one counts for a day: --renew',
  ],
} as const;

export const appsSecret = command({
  name: 'apps secret',
  summary: 'Prints the client secret of an app, once.',
  operands: '<APP>',
  options: {
    ...jobOptions('app-secret'),
    renew: { text: 'make a new one, beside which the one before counts for a day' },
    'end-former': { text: 'with --renew: the ones before count no more, as one was stolen' },
  },
  notes: `
On a deployment it invokes the function by your AWS credentials, found as the AWS CLI finds them; they need
lambda:InvokeFunction on it. The secret goes to standard output alone, so that it can be piped to where it is kept.`,
  async run({ operands: [app = ''], options: { renew, 'end-former': endsFormer, ...where }, out }) {
    if (endsFormer && !renew) throw new CommandError(exit.usage, '--end-former goes with --renew.');
    out.mustBeOpen('It would print the secret, once.');
    const job = {
      id: 'app-secret',
      payload: { app, ...(renew && { renew }), ...(endsFormer && { endsFormer }) },
      ifLost: `The secret may be made and was seen by nobody. A new one: latchkey apps secret ${app} --renew${endsFormer ? ' --end-former' : ''}`,
    };
    const { data } = clientSecretResponse.safeParse(await invokeJob(job, where, out));
    if (!data) throw new CommandError(exit.refused, 'That is not Latchkey’s app-secret.');
    if ('refused' in data) {
      const [sentence = '', wayOut = ''] = refusals[data.refused](app);
      throw new CommandError(exit.refused, sentence, [wayOut]);
    }
    if (endsFormer && !data.endsFormer)
      throw new CommandError(
        exit.refused,
        'The deployment is older: the secrets before still count for a day.',
        [
          `The new one is made, and was not shown. Deploy this release, then: latchkey apps secret ${app} --renew --end-former`,
        ],
      );
    const done = ['It is shown once. A new one: --renew'];
    return { json: data, rows: [], text: `${data.secret}\n`, done, isShownOnce: true };
  },
});
