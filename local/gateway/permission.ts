/** A permission that a call takes: an action such as `dynamodb:GetItem` on an ARN, or on `*`. */
export interface Permission {
  action: string;
  resource: string;
}

/** The AWS account's facts that a call's ARNs are made of. */
export interface Account {
  region: string;
  /** Addresses and domains that may send. */
  identities: readonly string[];
}
