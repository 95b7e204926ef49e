import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';
import { emailClaimRef, usernameClaimRef } from './user-rows.ts';

const claim = ({ TableName, Key }: RowRef, claimed: object, condition: object): Write => ({
  Put: { TableName, Item: { ...Key, ...claimed }, ...condition },
});

const isFree = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Claims the address for the user: a free one, or one that the user `displaced` has claimed without proof. */
export const emailClaimWrite = (
  config: Config,
  { id, email, emailVerified }: User & { email: string },
  displaced: string | undefined,
): Write =>
  claim(
    emailClaimRef(config, email),
    { userId: id, verified: emailVerified },
    displaced === undefined
      ? isFree
      : {
          ConditionExpression: 'userId = :displaced AND verified = :false',
          ExpressionAttributeValues: { ':displaced': displaced, ':false': false },
        },
  );

/** Claims the name for the user, if it is free. */
export const usernameClaimWrite = (config: Config, username: string, userId: string): Write =>
  claim(usernameClaimRef(config, username), { userId }, isFree);

/** Marks the claim on the address as proven, if it is still the user's: then no other user can take it any more. */
export const provenClaimWrite = (config: Config, email: string, userId: string): Write => ({
  Update: {
    ...emailClaimRef(config, email),
    UpdateExpression: 'SET verified = :true',
    ConditionExpression: 'userId = :id',
    ExpressionAttributeValues: { ':true': true, ':id': userId },
  },
});

const release = (ref: RowRef, userId: string): Write => ({
  Delete: {
    ...ref,
    ConditionExpression: 'attribute_not_exists(pk) OR userId = :id',
    ExpressionAttributeValues: { ':id': userId },
  },
});

/** Frees the address, unless another user holds it by now. */
export const emailReleaseWrite = (config: Config, email: string, userId: string): Write =>
  release(emailClaimRef(config, email), userId);

/** Frees the name, unless another user holds it by now. */
export const usernameReleaseWrite = (config: Config, username: string, userId: string): Write =>
  release(usernameClaimRef(config, username), userId);
