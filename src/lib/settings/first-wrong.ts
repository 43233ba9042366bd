/** Attached to a form: when it came back because something was not taken, the caret goes where that is put right. */
export function toFirstWrong(form: HTMLElement): void {
  // Who has begun elsewhere while scripts were loading is left there.
  if (document.activeElement === document.body) form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
