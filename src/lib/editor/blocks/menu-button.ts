import type { EditorView } from '@tiptap/pm/view';
import { mount, unmount } from 'svelte';
import type { MenuPart } from '#lib/ui/menu-parts.ts';
import { MenuOpen } from './menu-open.svelte.ts';

const SVG = 'http://www.w3.org/2000/svg';

export interface MenuButton {
  readonly dom: HTMLButtonElement;
  /** Changes what the button says. */
  say(words: string): void;
  /** Closes its menu: call it when the block goes. */
  destroy(): void;
}

/**
 * A button with a menu, made without a component of its own: a note may have hundreds of blocks with one each. The menu is fetched
 * when one first opens. `label` names the menu, and is read out before the words of the button when `named`.
 */
export function menuButton(
  view: EditorView,
  label: string,
  named: boolean,
  parts: () => readonly MenuPart[],
): MenuButton {
  const dom = document.createElement('button');
  dom.type = 'button';
  dom.className = 'btn btn-quiet btn-sm writes';
  dom.setAttribute('aria-haspopup', 'menu');
  dom.setAttribute('aria-expanded', 'false');
  const words = document.createElement('span');
  dom.append(words, chevron());
  const say = (text: string): void => {
    words.textContent = text;
    if (named) dom.setAttribute('aria-label', `${label}: ${text}`);
  };
  const open = (): void => void openMenu(view, dom, label, parts()).catch(() => say('The menu did not load'));
  dom.addEventListener('click', open);
  dom.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open();
  });
  return { dom, say, destroy: () => closeMenu(dom) };
}

interface Menu {
  anchor: HTMLElement;
  open: MenuOpen;
  takeAway: () => void;
}

/** The menu opened last: only one is ever open. */
let last: Menu | null = null;

/** A menu whose button is gone would leave the page locked. */
function closeMenu(anchor: HTMLElement): void {
  if (last?.anchor === anchor) last.open.now = false;
}

async function openMenu(
  view: EditorView,
  anchor: HTMLElement,
  label: string,
  parts: readonly MenuPart[],
): Promise<void> {
  if (anchor.getAttribute('aria-expanded') === 'true') return;
  const { default: MenuList } = await import('#lib/ui/MenuList.svelte');
  // The block may have gone while the code came.
  if (!anchor.isConnected) return;
  last?.takeAway();
  anchor.setAttribute('aria-expanded', 'true');
  const open = new MenuOpen();
  const mounted = mount(MenuList, {
    target: document.body,
    props: {
      label,
      parts,
      anchor,
      lost: () => {
        if (!view.isDestroyed) view.focus();
      },
      get open() {
        return open.now;
      },
      set open(now: boolean) {
        open.now = now;
        anchor.setAttribute('aria-expanded', String(now));
      },
    },
  });
  last = { anchor, open, takeAway: () => void unmount(mounted) };
}

function chevron(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', 'm6 9 6 6 6-6');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'menu-sign');
  svg.append(path);
  return svg;
}
