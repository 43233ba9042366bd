import type { Pick } from './pick.ts';

/** Where on the screen the menu belongs, in px: below this line of text, or above it. */
interface At {
  left: number;
  top: number;
  bottom: number;
}

/** What of the open menu is to be seen. */
export class ShownMenu<Entry extends Pick = Pick> {
  /** Empty while it is closed. */
  entries = $state.raw<readonly Entry[]>([]);
  /** Index of the one that Enter takes; -1 for none. */
  chosen = $state(0);
  label = $state('');
  at = $state.raw<At>({ left: 0, top: 0, bottom: 0 });
}
