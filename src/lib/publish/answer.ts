import type { Asked } from './asked.ts';
import type { PublishForm } from '#core/publish/form-names.ts';
import { FORMS } from '#core/publish/forms.ts';
import type { Publication } from '#core/publish/publication.ts';
import { TEXT_PAGE_CSP } from '#core/render/page.ts';

/** One form of a publication as the server answers it; `name` is that of the file, without its ending. */
export function publishedAnswer(
  form: PublishForm,
  publication: Publication,
  { columns }: Asked,
  name: string,
): Response {
  const { contentType, kept, body } = FORMS[form];
  const date = new Date().toISOString();
  const stamp = date.slice(0, 19).replace(/\D/g, '');
  const messageId = `${stamp}.${crypto.randomUUID()}@${new URL(publication.origin).hostname}`;
  const headers = new Headers({ 'content-type': contentType });
  if (kept) headers.set('content-disposition', `attachment; filename="${name}.${form}"`);
  if (form === 'html') headers.set('content-security-policy', TEXT_PAGE_CSP);
  return new Response(body(publication, { columns, date, messageId }) as BodyInit, { headers });
}
