import * as Y from 'yjs';

/**
 * Makes undo and redo put back what they bring back where every copy of the note has it.
 *
 * Yjs 13.6.33 may take for the neighbour on the right one that stands left of the neighbour on the left, when text is brought back
 * for the second time (yjs issue 794). Where such text goes depends on what else a copy holds when it comes: the copies differ for
 * good, and nothing tells. Here the neighbour on the right is then the one that follows the left one now.
 */
export function undoInOrder(manager: Y.UndoManager): void {
  const { undo, redo } = manager;
  manager.undo = () => inOrder(() => undo.call(manager));
  manager.redo = () => inOrder(() => redo.call(manager));
}

/** Yjs makes and places an item in one function that takes no other: the placing is wrapped while `run` works. */
function inOrder<T>(run: () => T): T {
  const { prototype } = Y.Item;
  const { integrate } = prototype;
  prototype.integrate = function (transaction, offset) {
    const { doc, origin } = transaction;
    if (origin instanceof Y.UndoManager && this.id.client === doc.clientID) mend(this);
    integrate.call(this, transaction, offset);
  };
  try {
    return run();
  } finally {
    prototype.integrate = integrate;
  }
}

function mend(item: Y.Item): void {
  const { left, right, parent, parentSub } = item;
  if (!right || parentSub !== null || !(parent instanceof Y.AbstractType)) return;
  const next = left ? left.right : parent._start;
  for (let at = next; at; at = at.right) if (at === right) return;
  item.right = next;
  item.rightOrigin = next && next.id;
}
