import { escapeHtml } from './html.ts';

/**
 * The policy a page of `textPage` is served with: one style sheet of our own (`/text.css`), our own images and nothing else. No hash or nonce is
 * needed, because the page has neither scripts nor inline style.
 */
export const TEXT_PAGE_CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A whole document around `body`, which must come from `renderHtml`. */
export function textPage(title: string, description: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(description)}">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/text.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
