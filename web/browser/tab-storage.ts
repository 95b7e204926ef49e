/**
 * What a tab keeps until it is closed. Whoever blocks the data of sites is refused the storage itself, and a full one takes nothing:
 * nothing is kept then, and the page works without.
 */
const orNothing = <T>(act: (storage: Storage) => T): T | undefined => {
  try {
    return act(sessionStorage);
  } catch {
    return undefined;
  }
};

/** What the tab keeps; undefined where it keeps nothing. */
export const keptInTab = (key: string): string | undefined =>
  orNothing((storage) => storage.getItem(key)) ?? undefined;

export const keepInTab = (key: string, value: string): unknown =>
  orNothing((storage) => storage.setItem(key, value));

export const forgetInTab = (key: string): unknown => orNothing((storage) => storage.removeItem(key));
