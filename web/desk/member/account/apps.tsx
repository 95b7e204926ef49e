import type listApps from '#functions/me-app/list.ts';
import { call } from '../../../browser/api.ts';
import { Loaded, useLoad } from '../../kit/load.tsx';
import { useTexts } from '../../kit/texts.ts';
import { UsedApps } from '../../kit/used-apps.tsx';
import type { Texts } from './account.ts';

/** The apps that I have signed in to. */
export function Apps() {
  const t: Texts = useTexts();
  const used = useLoad(() => call<typeof listApps>('GET', '/v1/me/apps'), []);
  return <Loaded of={used}>{({ items }) => <UsedApps items={items} t={t} />}</Loaded>;
}
