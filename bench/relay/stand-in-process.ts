import type { BehaviourRequest } from '#local/provider/behaviours.ts';
import { startProvider } from '#local/provider/provider.ts';

const provider = await startProvider(Date.now);
process.on('message', (list: BehaviourRequest[]) => {
  provider.behave(list);
  process.send!('done');
});
process.on('disconnect', () => process.exit());
process.send!(provider.url);
