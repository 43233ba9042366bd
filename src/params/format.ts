import type { ParamMatcher } from '@sveltejs/kit';
import type { TextFormat } from '#core/render/session.ts';
import { isTextFormat } from '#lib/http/formats.ts';

export const match = ((param): param is TextFormat => isTextFormat(param)) satisfies ParamMatcher;
