import { rotateSigners } from '#shared/sessions/use-signers.ts';
import { job } from '#shared/operation/job.ts';

export default job({
  summary: 'Makes the key that signs access tokens next, a day before its turn.',
  trigger: { everyMinutes: 60 },
  uses: [rotateSigners],
  async run({ signers, clock, log }) {
    const count = await signers.rotate(clock.now());
    if (count > 0) log.info('signer.created', { count });
  },
});
