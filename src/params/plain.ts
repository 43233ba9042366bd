import type { ParamMatcher } from '@sveltejs/kit';

export const match = ((param): param is 'txt' => param === 'txt') satisfies ParamMatcher;
