import { FileDiff, Link, Presentation, Video } from '@lucide/svelte';
import type { MaterialKind } from '#core/event/model.ts';

/** The word and the sign of each kind. */
export const KINDS: Record<MaterialKind, { word: string; icon: typeof Link }> = {
  slides: { word: 'Slides', icon: Presentation },
  recording: { word: 'Recording', icon: Video },
  patches: { word: 'Patches', icon: FileDiff },
  link: { word: 'Link', icon: Link },
};
