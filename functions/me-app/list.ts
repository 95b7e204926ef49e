import * as z from 'zod/mini';
import { showUsedApp, usedAppResponse } from '#shared/account/show-used-apps.ts';
import { listUsedApps } from '#shared/apps/list-used-apps.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'The apps that I have signed in to, the last used first.',
  method: 'GET',
  path: '/v1/me/apps',
  auth: 'session',
  response: z.object({ items: z.array(usedAppResponse) }),
  uses: [listUsedApps],
  errors: [],
  rate: [{ per: 'user', limit: 60, window: '1m' }],
  async run({ caller, usedApps, settings }) {
    const used = await usedApps.of(caller.user.id);
    return { items: used.map((one) => showUsedApp(one, settings)) };
  },
});
