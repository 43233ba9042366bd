/**
 * Endings of the addresses that outcomes are published at. Apart from what writes them: the router of every page in the browser knows
 * these names, and must not load the rest.
 */
export const PUBLISH_FORMS = ['md', 'txt', 'html', 'json', 'csv', 'ics', 'eml'] as const;

export type PublishForm = (typeof PUBLISH_FORMS)[number];

export function isPublishForm(text: string): text is PublishForm {
  return (PUBLISH_FORMS as readonly string[]).includes(text);
}
