/** What ProseMirror asks of a block with controls in it: they are no text, and what happens in them is not the note's. */
export abstract class ControlledBlock {
  abstract readonly dom: HTMLElement;
  protected abstract isControl(target: Node): boolean;

  stopEvent({ target }: Event): boolean {
    return target instanceof Node && this.isControl(target);
  }

  ignoreMutation({ target }: { target: Node }): boolean {
    return target === this.dom || this.isControl(target);
  }
}
