import type { Entry } from './entries.ts';

/** Where on the screen the menu belongs, in px: below this line of text, or above it. */
interface At {
  left: number;
  top: number;
  bottom: number;
}

/** What of the open menu is to be seen. */
export class ShownMenu {
  /** Empty while it is closed. */
  entries = $state.raw<readonly Entry[]>([]);
  chosen = $state(0);
  label = $state('');
  at = $state.raw<At>({ left: 0, top: 0, bottom: 0 });
}
