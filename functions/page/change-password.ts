import { seeOther } from '#shared/http/answer.ts';
import { page } from '#web/page.ts';

export default page({
  summary:
    'Where password managers lead whoever wants to change theirs (A Well-Known URL for Changing Passwords).',
  path: '/.well-known/change-password',
  auth: 'public',
  uses: [],
  errors: [],
  rate: [],
  run: async () => seeOther('/account#password'),
});
