import type { Editor } from '@tiptap/core';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';

/** A long note is laid out where it is shown, which moves what stands below: looked at again for at most so many frames. */
const FRAMES = 12;

/**
 * Brings an outcome of the open note into sight, and the caret to the end of its words where one may be; by touch without the
 * caret, whose keyboard would cover half of what is to be read. `position`: its place among the outcomes, for one without an id.
 */
export function goToOutcome(editor: Editor, { id }: Outcome, position: number): void {
  const { view } = editor;
  const all = [...view.dom.querySelectorAll<HTMLElement>('section[data-outcome]')];
  const block = (id === '' ? undefined : all.find((each) => each.dataset['id'] === id)) ?? all[position];
  const words = block?.querySelector('.outcome-text');
  if (!block || !words) return;
  openAround(block);
  if (editor.isEditable && !matchMedia('(pointer: coarse)').matches) {
    const end = view.state.doc.resolve(view.posAtDOM(words, 0)).end();
    editor.chain().setTextSelection(end).run();
    view.focus();
  }
  keepInSight(block, FRAMES);
}

/** Details that a reader has closed, from the inner to the outer ones. */
function openAround(block: Element): void {
  const around = block.parentElement?.closest('.details-block');
  if (!around) return;
  if (!around.hasAttribute('data-open')) around.querySelector<HTMLElement>('.details-button')?.click();
  openAround(around);
}

function keepInSight(block: Element, frames: number): void {
  block.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { top } = block.getBoundingClientRect();
  if (frames === 0) return;
  requestAnimationFrame(() => {
    if (block.getBoundingClientRect().top !== top) keepInSight(block, frames - 1);
  });
}
