/** What is pasted, as the note can take it. */
export function readablePaste(html: string): string {
  return withoutTables(withoutStyle(html));
}

/** A note has no tables yet: each row becomes a line, its cells apart, so that no two of them run into one word. */
function withoutTables(html: string): string {
  return html
    .replace(TABLE_TAG, (_tag, end: string, name: string) => {
      const cell = /^t[dh]$/i.test(name);
      if (/^tr$/i.test(name)) return end ? '</p>' : '<p>';
      return cell && end ? ' | ' : '';
    })
    .replace(/(?: \| |\s)*<\/p>/g, '</p>');
}

/**
 * Takes style sheets and style attributes out of pasted HTML before it is parsed. None of it would reach the note, but merely
 * parsing it in the page is a breach of the Content-Security-Policy, once for each attribute.
 */
export function withoutStyle(html: string): string {
  return html.replace(STYLE_ELEMENT, '').replace(TAG, (_tag, name: string, attributes: string, end: string) => {
    const kept = attributes.replace(ATTRIBUTE, (attribute, key: string) =>
      key.toLowerCase() === 'style' ? '' : attribute,
    );
    return `<${name}${kept}${end}`;
  });
}

const STYLE_ELEMENT = /<style\b[^>]*>[\s\S]*?(?:<\/style\s*>|$)/gi;
const TABLE_TAG = /<(\/?)(table|thead|tbody|tfoot|colgroup|col|tr|td|th)\b[^>]*>/gi;
/** An opening tag: name, attributes with quotes respected, end. */
const TAG = /<([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)(>|$)/gi;
/** One attribute with the white space before it. */
const ATTRIBUTE = /[\s/]+([^\s=/>"']+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?/g;
