import * as z from 'zod/mini';
import { operation } from '#shared/operation/operation.ts';
import { problemPage } from '#web/pages/problem.ts';

export default operation({
  summary: 'Answers every address that leads nowhere.',
  method: 'GET',
  path: '/$default',
  auth: 'public',
  response: z.object({}),
  uses: [],
  errors: ['not_found'],
  rate: [],
  showProblem: (problem, request, settings) =>
    request.headers['accept']?.includes('text/html') ? problemPage(problem, request, settings) : undefined,
  run: async ({ fail }) => fail('not_found'),
});
