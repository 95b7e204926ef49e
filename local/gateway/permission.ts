/** A permission that a call requires: an action such as `dynamodb:GetItem` on an ARN, or on `*`. */
export interface Permission {
  action: string;
  resource: string;
}

/** Facts about the AWS account, from which the ARNs of a call are built. */
export interface Account {
  region: string;
  /** Addresses and domains that may send mail. */
  identities: readonly string[];
}
