import { inviteFilters } from '#shared/invites/invite.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { recordOf } from '#shared/record-of.ts';
import { ExportButton } from '../../kit/export-button.tsx';
import { ChoiceFilter, Filters, TypedFilter } from '../../kit/filters.tsx';
import type { Outcome } from '../../kit/outcome.tsx';
import { withoutEmpty } from '../../kit/query.ts';
import { invitesPath, type InviteTexts, type Listed } from './invite.ts';

interface Bar {
  t: InviteTexts;
  query: Readonly<Record<'email' | 'status' | 'label' | 'issuer', string>>;
  change(some: Partial<Bar['query']>): void;
  items: readonly Listed[];
  outcome: Outcome;
}

/** Filters invites by address, status, label and issuer, and exports all that match as a file. */
export function InviteFiltersBar({ t, query, change, items, outcome }: Bar) {
  // The issuers of the listed invites can be chosen. A link to this page may name another one, whose name no row tells.
  const issuers = new Map([
    ...(query.issuer ? [[query.issuer, t('oneIssuer')] as const] : []),
    ...items.flatMap(({ inviterId, inviter }) =>
      inviterId && inviter ? [[inviterId, inviter] as const] : [],
    ),
  ]);
  return (
    <Filters name={t('filters')}>
      <TypedFilter
        label={t('byAddress')}
        value={query.email}
        maxLength={emailMaxLength}
        choose={(email) => change({ email })}
      />
      <ChoiceFilter
        label={t('status')}
        value={query.status}
        options={recordOf(inviteFilters, t)}
        choose={(status) => change({ status })}
      />
      <TypedFilter
        label={t('byLabel')}
        value={query.label}
        maxLength={inviteLimits.labelLength.max}
        choose={(label) => change({ label })}
      />
      <ChoiceFilter
        label={t('byIssuer')}
        value={query.issuer}
        options={Object.fromEntries(issuers)}
        choose={(issuer) => change({ issuer })}
      />
      <ExportButton
        path={`${invitesPath}?${withoutEmpty({ ...query, format: 'csv' })}`}
        file="invites.csv"
        outcome={outcome}
      />
    </Filters>
  );
}
