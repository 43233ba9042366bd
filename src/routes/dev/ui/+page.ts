import { error } from '@sveltejs/kit';
import { dev } from '$app/environment';
import type { PageLoad } from './$types';

export const load: PageLoad = () => {
  if (!dev) error(404, 'Not Found');
};
