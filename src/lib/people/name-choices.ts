import { mount, unmount, untrack } from 'svelte';
import { whoIsMeant } from '#core/outcomes/names.ts';
import type { KnownPeople } from '#core/outcomes/signed.ts';
import PickMenu from '#lib/ui/PickMenu.svelte';
import { ShownMenu } from '#lib/ui/shown-menu.svelte.ts';
import { named } from './named.ts';

interface Parts {
  people: () => KnownPeople;
  /** A name was pointed at: nobody presses Enter behind it. */
  onpointed?: () => void;
}

/**
 * Offers the people of an event below a field for names, by name, initials and nickname, as `@` does in the text. The one who would be
 * meant by what is typed is chosen already; arrows choose another, Enter takes, and the key goes on to the field. Any other name can
 * be typed. Of several names, with commas or semicolons between, the last is the one that is looked for.
 *
 * Returns how it is taken away again.
 */
export function offerNames(input: HTMLInputElement, { people, onpointed }: Parts): () => void {
  const menu = new ShownMenu();
  const id = `names-${crypto.randomUUID()}`;
  /** What stands in the field as it is opened is no search. */
  let begun = false;
  menu.label = 'People';

  function choose(index: number): void {
    menu.chosen = index;
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${id}-${index}`);
  }

  function show(names: readonly string[], meant: string | null): void {
    // The field may lose the focus because the page takes it away: what the page shows does not depend on this.
    untrack(() => {
      menu.entries = names.map((name) => ({ id: name, words: name }));
      choose(meant === null ? -1 : names.indexOf(meant));
      place();
    });
    input.setAttribute('aria-expanded', String(names.length > 0));
  }

  function place(): void {
    const { left, top, bottom } = input.getBoundingClientRect();
    menu.at = { left, top, bottom };
  }

  const close = (): void => show([], null);

  function look(): void {
    const query = begun ? lastName(input.value).name : '';
    // Who puts a name in the middle right is left alone.
    if (input.selectionEnd !== input.value.length) return close();
    const meant = query === '' ? null : whoIsMeant(query, people());
    const found = named(people(), query);
    show(meant === null || found.includes(meant) ? found : [meant, ...found], meant);
  }

  function take(index: number): void {
    const name = menu.entries[index]?.words;
    if (name !== undefined) {
      const { before } = lastName(input.value);
      input.value = begun && before !== '' ? `${before} ${name}` : name;
      begun = true;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
    close();
  }

  function press(event: KeyboardEvent): void {
    const count = menu.entries.length;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' && count === 0) look();
    else if (count === 0) return;
    else if (event.key === 'ArrowDown') choose((menu.chosen + 1) % count);
    else if (event.key === 'ArrowUp') choose((Math.max(menu.chosen, 0) + count - 1) % count);
    else if (event.key === 'Escape') {
      close();
      event.stopPropagation();
    } else {
      if ((event.key === 'Enter' || event.key === 'Tab') && menu.chosen >= 0) take(menu.chosen);
      else if (event.key === 'Enter') close();
      return;
    }
    event.preventDefault();
  }

  function typed(): void {
    begun = true;
    look();
  }

  const listeners = { input: typed, focus: look, blur: close, keydown: press } as const;
  for (const [name, listener] of Object.entries(listeners)) input.addEventListener(name, listener as EventListener);
  const given = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id };
  for (const [name, value] of Object.entries(given)) input.setAttribute(name, value);
  input.removeAttribute('list');
  const shown = mount(PickMenu, {
    target: input.closest('dialog, aside, main') ?? document.body,
    props: {
      ...{ id, menu, onmoved: place },
      onpick: (index: number) => {
        take(index);
        onpointed?.();
      },
    },
  });
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      input.removeEventListener(name, listener as EventListener);
    void unmount(shown);
  };
}

/** What stands before the name that is typed last, and that name without its `@`. */
function lastName(value: string): { before: string; name: string } {
  const at = Math.max(value.lastIndexOf(';'), value.lastIndexOf(',')) + 1;
  return { before: value.slice(0, at), name: value.slice(at).trim().replace(/^@\s*/, '') };
}
