import { useState } from 'preact/hooks';
import type { inviteLinkTexts } from '../../../texts/invite-links.ts';
import { CopyButton } from '../../kit/copy.tsx';
import { saveTable } from '../../kit/download.ts';
import type { TextOf } from '../../kit/texts.ts';
import { QrCode } from './qr-code.tsx';

/** A link of an invite. */
export interface InviteLink {
  /** Whom the invite is for, as administrators see it. */
  who: string;
  /** Whom the invite is for, as printed for guests. Given if guests may see less. */
  guest?: string;
  url: string;
  code?: string | undefined;
}

type Texts = TextOf<typeof inviteLinkTexts>;

/** Links to hand over: each to copy, all at once, as CSV, and as a sheet of QR codes. */
export function InviteLinks({ links, t }: { links: readonly InviteLink[]; t: Texts }) {
  const [hasSheet, setSheet] = useState(false);
  const many = links.length > 1;
  return (
    <section aria-label={t('links')} class="links">
      <p class="bar">
        {many && <CopyButton text={links.map(({ url }) => url).join('\n')} label={t('copyAll')} />}
        {many && (
          <button type="button" class="plain" onClick={() => saveCsv(links)}>
            {t('linksCsv')}
          </button>
        )}
        <button type="button" class="plain" aria-expanded={hasSheet} onClick={() => setSheet(!hasSheet)}>
          {hasSheet ? t('hideSheet') : t('sheet')}
        </button>
        {hasSheet && (
          <button type="button" class="plain" onClick={() => print()}>
            {t('print')}
          </button>
        )}
      </p>
      {hasSheet ? <Sheet links={links} t={t} /> : <Rows links={links} t={t} />}
    </section>
  );
}

const saveCsv = (links: readonly InviteLink[]): void => {
  const rows = links.map(({ who, url, code = '' }) => [who, url, code]);
  saveTable([['invite', 'url', 'code'], ...rows], 'links.csv');
};

function Rows({ links, t }: { links: readonly InviteLink[]; t: Texts }) {
  return (
    <ul class="rows">
      {links.map(({ who, url, code }) => (
        <li key={url}>
          <strong>{who}</strong>
          <code class="link">{url}</code>
          {code && (
            <p>
              {t('code')} <code>{code}</code>
            </p>
          )}
          <p class="actions">
            <CopyButton text={url} label={t('copyLink')} name={t('copyOf', { who })} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** QR codes, each with its link as text for guests who cannot scan it. Printing leaves out all else (`web/assets/invites.css`). */
function Sheet({ links, t }: { links: readonly InviteLink[]; t: Texts }) {
  return (
    <ul class="sheet">
      {links.map(({ who, guest = who, url, code }) => (
        <li key={url}>
          {/* A sheet that is saved instead of printed contains this name too, so it is the name for guests. */}
          <QrCode text={url} name={t('qrOf', { who: guest })} />
          <strong>{guest}</strong>
          <code class="link">{url}</code>
          {code && <code>{code}</code>}
        </li>
      ))}
    </ul>
  );
}
