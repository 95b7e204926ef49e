import * as z from 'zod/mini';
import { seeOther } from '#shared/http/answer.ts';
import { safeMethods } from '#shared/http/request.ts';
import { operation } from '#shared/operation/operation.ts';
import { cutPath } from '#web/cut-path.ts';
import { problemPage } from '#web/pages/problem.ts';

export default operation({
  summary:
    'Answers every address that leads nowhere; a browser with a link that something hangs on is led to where the link leads.',
  method: 'GET',
  path: '/$default',
  auth: 'public',
  response: z.object({}),
  uses: [],
  errors: ['not_found'],
  rate: [],
  showProblem(problem, request, settings) {
    if (!request.headers['accept']?.includes('text/html')) return undefined;
    const path = safeMethods.has(request.method) ? cutPath(request.path) : undefined;
    return path === undefined ? problemPage(problem, request, settings) : seeOther(path);
  },
  run: async ({ fail }) => fail('not_found'),
});
