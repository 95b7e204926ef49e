import * as z from 'zod/mini';
import { deleteKeys } from '#shared/vault/delete-key.ts';
import { serviceOf, serviceParams } from '#shared/vault/show-key.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { isServiceName } from '#shared/deployment/services.ts';

export default operation({
  summary: 'Deletes my API key for a service, also for one that the deployment no longer has.',
  method: 'DELETE',
  path: '/v1/keys/{service}',
  auth: 'verified',
  params: serviceParams,
  response: z.undefined(),
  status: 204,
  uses: [deleteKeys],
  errors: ['not_found'],
  rate: [{ per: 'user', limit: 30, window: '1m' }],
  ifLost: lostAnswers.keys,
  async run({ params, caller, keys, settings, clock, request, log, fail }) {
    const { service } = params;
    const { user } = caller;
    const named = { name: service, title: serviceOf(settings.services, service)?.title ?? service };
    const deleted = isServiceName(service) && (await keys.delete(user, named, request.address, clock.now()));
    if (!deleted) return fail('not_found', noKey);
    log.info('key.deleted', { userId: user.id, provider: service });
    return undefined;
  },
});

const noKey = {
  title: { en: 'There is no such API key', ja: 'そのAPIキーはありません', zh: '没有这个 API 密钥' },
  explain: {
    en: 'It was deleted already, or never stored. List your keys, or load the page again, to see which there are.',
    ja: 'すでに削除されたか、登録されていません。キーの一覧を取得するか、ページを読み込み直して確認してください。',
    zh: '它已被删除，或从未登记。请列出您的密钥或重新加载页面查看。',
  },
};
