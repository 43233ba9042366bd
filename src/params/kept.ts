import type { ParamMatcher } from '@sveltejs/kit';

type Kept = 'csv' | 'ics' | 'eml';

/** Forms of a session's outcomes that its own text forms do not have. */
export const match = ((param): param is Kept => ['csv', 'ics', 'eml'].includes(param)) satisfies ParamMatcher;
