import type { ParamMatcher } from '@sveltejs/kit';
import type { MinutesFormat } from '#core/publish/minutes.ts';

export const match = ((param): param is MinutesFormat => param === 'md' || param === 'html') satisfies ParamMatcher;
