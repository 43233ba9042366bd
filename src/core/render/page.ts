import { escapeHtml } from './html.ts';
import { PAGE_STYLE, PAGE_STYLE_HASH } from './page-style.ts';

/** The policy a page of `textPage` is served with: its own style, our own images and nothing else. */
export const TEXT_PAGE_CSP = `default-src 'none'; style-src '${PAGE_STYLE_HASH}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export interface PageHead {
  title: string;
  /** One sentence; link previews show it below the title. */
  description: string;
  /** Of this page. */
  address: string;
}

/** A whole document around `body`, which must come from `renderHtml`. */
export function textPage({ title, description, address }: PageHead, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(description)}">
<meta property="og:type" content="article">
<meta property="og:site_name" content="Plumbline">
<meta property="og:title" content="${escapeHtml(title)}">
<meta property="og:description" content="${escapeHtml(description)}">
<meta property="og:url" content="${escapeHtml(address)}">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}
