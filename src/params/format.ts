import type { ParamMatcher } from '@sveltejs/kit';
import { isTextFormat } from '#lib/http/formats.ts';

export const match = ((param): param is 'md' | 'txt' | 'html' | 'json' => isTextFormat(param)) satisfies ParamMatcher;
