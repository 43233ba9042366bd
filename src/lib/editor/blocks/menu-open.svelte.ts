/** Whether a menu is open, for a menu that is made outside of a component. */
export class MenuOpen {
  now = $state(true);
}
