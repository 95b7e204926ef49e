import * as z from 'zod/mini';
import type { clientSecretResponse } from '#shared/apps/client-secret-response.ts';
import { makeClientSecrets } from '#shared/apps/client-secrets.ts';
import { findApp } from '#shared/apps/find-app.ts';
import { job } from '#shared/operation/job.ts';

const asked = z.object({
  app: z.string(),
  renew: z._default(z.boolean(), false),
  /** With `renew`: earlier secrets stop working at once. */
  endsFormer: z._default(z.boolean(), false),
});

export default job({
  summary:
    'Tells the secret of a confidential app, once; with `renew` the next one, beside which the last counts for a day, unless it is to end at once.',
  trigger: 'invocation',
  uses: [makeClientSecrets],
  async run({ event, clientSecrets, settings, clock, log }): Promise<z.input<typeof clientSecretResponse>> {
    const { app: name, ...wanted } = asked.parse(event);
    const app = findApp(settings, name);
    if (!app) return { refused: 'unknown_app' };
    if (!app.confidential) return { refused: 'public_app' };
    const made = await clientSecrets.make(name, wanted, clock.now());
    if (!made) return { refused: 'shown_already' };
    log.info('app.secret', { app: name });
    return { clientId: name, ...made, ...(wanted.endsFormer && { endsFormer: true }) };
  },
});
