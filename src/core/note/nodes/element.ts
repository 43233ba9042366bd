/** What is asked of an HTML element when it is read as a node. Core has no DOM, only somebody else's elements. */
export interface ElementLike {
  readonly tagName: string;
  readonly className: string;
  readonly firstElementChild: ElementLike | null;
  getAttribute(name: string): string | null;
}
