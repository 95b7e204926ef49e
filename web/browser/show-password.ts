/** Lets people see the password that they type: on a phone, mistyping is the main reason for failing. */
export function addShowButtons(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[type=password]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'show';
    button.textContent = '👁';
    button.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '');
    button.setAttribute('aria-pressed', 'false');
    button.addEventListener('click', () => {
      const shown = input.type === 'text';
      input.type = shown ? 'password' : 'text';
      button.setAttribute('aria-pressed', String(!shown));
    });
    input.form?.addEventListener('submit', () => (input.type = 'password'));
    input.after(button);
  }
}
