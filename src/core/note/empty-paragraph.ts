/** How Markdown writes a paragraph without text. Apart from the reader, whose parser a page that only writes must not load. */
export const EMPTY_PARAGRAPH = '&nbsp;';
