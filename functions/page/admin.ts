import { seeOther } from '#shared/http/answer.ts';
import { page } from '#web/page.ts';

export default page({
  summary: "The administrators' page: leads to their invites. Whoever is none is sent home and told so.",
  path: '/admin',
  auth: 'session',
  uses: [],
  errors: [],
  rate: [],
  async run({ caller: { user }, log }) {
    if (user.role === 'admin') return seeOther('/');
    log.warn('permission.denied', { userId: user.id });
    return seeOther('/?notice=forbidden');
  },
});
