import { ask } from '../../browser/api.ts';

/** Hands a file of the API to the reader. The call is made here, since a link could not carry the device's proof. */
export async function download(path: string, fileName: string): Promise<void> {
  const response = await ask('GET', path);
  save(await response.blob(), fileName);
}

/** Saves what the page has made itself. */
export function save(content: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
