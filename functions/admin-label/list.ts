import * as z from 'zod/mini';
import { funnelResponse, funnelsByLabel } from '#shared/inviting/funnel.ts';
import { readFunnels } from '#shared/invites/read-funnels.ts';
import { operation } from '#shared/operation/operation.ts';

/** Labels of one answer, which Lambda cuts at 6 MB: a label and its funnel take 400 bytes at most. */
const most = 10_000;

export default operation({
  summary:
    'Each label with its funnel: how far the invites that are stored under it have come. Labels used last come first.',
  method: 'GET',
  path: '/v1/admin/labels',
  auth: 'admin',
  response: z.object({
    items: z.array(z.object({ label: z.string(), ...funnelResponse.shape })),
    /** Whether the oldest invites are left out, because one answer cannot count all. */
    truncated: z.boolean(),
    /** Whether labels after the first 10,000 are left out. */
    moreLabels: z.boolean(),
  }),
  uses: [readFunnels],
  errors: [],
  rate: [{ per: 'user', limit: 60, window: '1m' }],
  async run({ funnels, clock }) {
    const { items, truncated } = await funnels.progress();
    const labels = [...funnelsByLabel(items, clock.now())].map(([label, funnel]) => ({ label, ...funnel }));
    return { items: labels.slice(0, most), truncated, moreLabels: labels.length > most };
  },
});
