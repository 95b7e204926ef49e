/** Defaults of the fields of a registered app (`RegisteredApp`) that a deployment's settings leave out. */
export const usualFields = {
  postLogoutRedirectUris: [] as string[],
  tokenAudiences: [] as string[],
  confidential: false,
  refresh: false,
};
