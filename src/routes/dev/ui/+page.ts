import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

export const load: PageLoad = async () => {
  // As Vite writes it, so that a build has nothing of the gallery.
  if (import.meta.env.DEV) return { Gallery: (await import('#lib/gallery/Gallery.svelte')).default };
  error(404, 'Not Found');
};
