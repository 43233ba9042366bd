import type { EditorView } from '@tiptap/pm/view';
import './block-bar.css';

/** The controls of a block, at its top right. */
export function blockBar(view: EditorView, label: string, ...buttons: HTMLButtonElement[]): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'block-bar';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', label);
  bar.append(...buttons);
  asControls(bar, view);
  return bar;
}

/**
 * Makes the buttons in an element those of the block it stands in. They are no stops on the way through the page by Tab, which would
 * have to pass those of every block: Alt+Enter leads to those of the block at the caret, arrows from one to the next, Escape back.
 */
export function asControls(element: HTMLElement, view: EditorView): void {
  element.contentEditable = 'false';
  element.dataset['controls'] = '';
  element.addEventListener('keydown', (event) => byKey(event, element, view));
  for (const button of element.querySelectorAll('button')) button.tabIndex = -1;
}

function byKey(event: KeyboardEvent, controls: HTMLElement, view: EditorView): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.key === 'Escape') view.focus();
  else if (step === undefined) return;
  else {
    const all = buttons(controls);
    const at = all.findIndex((button) => button === document.activeElement);
    all.at((at + step) % all.length)?.focus();
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Those that are seen: a reader has fewer. */
function buttons(controls: HTMLElement): HTMLButtonElement[] {
  return [...controls.querySelectorAll('button')].filter((button) => button.offsetParent !== null);
}

/** Leads to the controls of the innermost block at the caret that has some; false when none has. */
export function focusBar(view: EditorView): boolean {
  const button = firstControl(view);
  button?.focus();
  return button !== undefined;
}

/** Whether a block at the caret has controls. */
export function hasBar(view: EditorView): boolean {
  return firstControl(view) !== undefined;
}

function firstControl(view: EditorView): HTMLButtonElement | undefined {
  const { $from } = view.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const block = view.nodeDOM($from.before(depth));
    const controls = block instanceof Element ? block.querySelector<HTMLElement>(':scope > [data-controls]') : null;
    const first = controls && buttons(controls)[0];
    if (first) return first;
  }
  return undefined;
}
