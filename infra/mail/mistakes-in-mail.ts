type Values = Readonly<Record<string, unknown>>;

/** Contradictions between mail settings that are each valid by themselves, in sentences. */
export function mistakesInMail({ mailFrom = null, mailDomain }: Values): string[] {
  if (typeof mailDomain !== 'string') return [];
  if (mailFrom === null)
    return [
      `mailFrom must be an address at ${mailDomain}, the mailDomain, such as "invites@${mailDomain}"; it is missing.`,
    ];
  if (typeof mailFrom !== 'string' || mailFrom.toLowerCase().endsWith(`@${mailDomain}`)) return [];
  return [`mailFrom must be an address at ${mailDomain}, the mailDomain; it is ${JSON.stringify(mailFrom)}.`];
}
