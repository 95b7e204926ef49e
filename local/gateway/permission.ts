/** What needs are derived from. */
export interface Territory {
  region: string;
  /** Addresses and domains that may send. */
  identities: readonly string[];
}
