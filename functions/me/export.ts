import { exportAccount, exportReads, exportResponse } from '#shared/account/export-account.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'What is stored about my account, as a file.',
  method: 'GET',
  path: '/v1/me/export',
  auth: 'session',
  response: exportResponse,
  filename: 'latchkey-account.json',
  uses: exportReads,
  errors: [],
  confirms: true,
  rate: [{ per: 'user', limit: 10, window: '1h' }],
  async run({ caller: { user }, settings, clock, log, ...reads }) {
    log.info('user.exported', { userId: user.id });
    return exportAccount({ ...reads, user, settings, now: clock.now() });
  },
});
