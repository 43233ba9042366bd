/**
 * For files that people brought: seen inside a page of ours, and nothing else. Opened by itself such a file is saved, not shown;
 * shown all the same, it is in a sandbox and may load nothing. Its name stands for its content, so it is kept for good, by the
 * reader's browser alone: whether others may read it is asked each time.
 */
export function fileHeaders(name: string, type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'private, max-age=31536000, immutable',
  };
}
