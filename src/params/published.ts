import type { ParamMatcher } from '@sveltejs/kit';
import { isPublishForm, type PublishForm } from '#core/publish/form-names.ts';

export const match = ((param): param is PublishForm => isPublishForm(param)) satisfies ParamMatcher;
