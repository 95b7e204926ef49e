/** The work that each form waits for before it is sent. */
const works = new WeakMap<HTMLFormElement, (() => Promise<unknown>)[]>();

/** Does `work` each time before `form` is sent. Its failure never holds the form back: the server names the missing field. */
export function beforeSubmit(form: HTMLFormElement, work: () => Promise<unknown>): void {
  const known = works.get(form);
  if (known) {
    known.push(work);
    return;
  }
  const all = [work];
  works.set(form, all);
  let working = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // A second tap must not do it twice.
    if (working) return;
    working = true;
    await Promise.allSettled(all.map((one) => one()));
    working = false;
    form.submit();
  });
}
