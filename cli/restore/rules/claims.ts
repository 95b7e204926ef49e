import { emailClaimKey, usernameClaimKey } from '#shared/users/user-rows.ts';
import type { User } from '#shared/users/user.ts';
import type { Row } from '../rule.ts';

/** Gives the addresses and names to users in the order of `people`. A user whose address or name is taken already is refused. */
export function claimsOf(people: readonly User[]): { rows: Row[]; refused: string[] } {
  const claims = new Map<string, Row>();
  const refused: string[] = [];
  for (const { id, email, emailVerified, username } of people) {
    const wanted: (Row & { pk: string })[] = [
      { ...usernameClaimKey(username), userId: id },
      ...(email === undefined ? [] : [{ ...emailClaimKey(email), userId: id, verified: emailVerified }]),
    ];
    if (wanted.some(({ pk }) => claims.has(pk))) refused.push(id);
    else for (const claim of wanted) claims.set(claim.pk, claim);
  }
  return { rows: [...claims.values()], refused };
}
