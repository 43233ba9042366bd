/**
 * Takes style sheets and style attributes out of pasted HTML before it is parsed. None of it would reach the note, but merely
 * parsing it in the page is a breach of the Content-Security-Policy, once for each attribute.
 */
export function withoutStyle(html: string): string {
  return changeStyles(html, () => '');
}

/** The same with style attributes kept as `data-style`: what they mean is looked at before they go. */
export function stylesAside(html: string): string {
  return changeStyles(html, (attribute) => attribute.replace(/style/i, 'data-style'));
}

function changeStyles(html: string, change: (attribute: string) => string): string {
  return html.replace(STYLE_ELEMENT, '').replace(TAG, (_tag, name: string, attributes: string, end: string) => {
    const kept = attributes.replace(ATTRIBUTE, (attribute: string, key: string) =>
      key.toLowerCase() === 'style' ? change(attribute) : attribute,
    );
    return `<${name}${kept}${end}`;
  });
}

const STYLE_ELEMENT = /<style\b[^>]*>[\s\S]*?(?:<\/style\s*>|$)/gi;
/** An opening tag: name, attributes with quotes respected, end. */
const TAG = /<([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)(>|$)/gi;
/** One attribute with the white space before it. */
const ATTRIBUTE = /[\s/]+([^\s=/>"']+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?/g;
