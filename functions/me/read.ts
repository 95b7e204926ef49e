import { operation } from '#shared/operation/operation.ts';
import { userResponse, showUser } from '#shared/users/show-user.ts';

export default operation({
  summary: 'Who is signed in.',
  method: 'GET',
  path: '/v1/me',
  auth: 'session',
  response: userResponse,
  uses: [],
  errors: [],
  rate: [],
  run: async ({ caller }) => showUser(caller.user),
});
