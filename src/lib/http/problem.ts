/** An error as clients of the API see it: RFC 9457, `application/problem+json`. `title` is one plain sentence. */
export interface Problem {
  status: number;
  title: string;
  /** Which field of the form or JSON body was wrong. */
  field?: string;
  /** By which the operator finds the log line. */
  id?: string;
}

export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: 'about:blank', ...problem }), {
    status: problem.status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}

/**
 * What a thrown value means to the client; null when it is a bug or unknown. Told apart by `kind`, never by class: the server
 * and this bundle each have their own copy of the classes.
 */
export function problemOf(error: unknown): Problem | null {
  if (!(error instanceof Error) || !('kind' in error)) return null;
  switch (error.kind) {
    case 'input':
      return 'field' in error && typeof error.field === 'string'
        ? { status: 400, title: error.message, field: error.field }
        : { status: 400, title: error.message };
    case 'access':
      return { status: 403, title: error.message };
    case 'not-found':
      return { status: 404, title: error.message };
    case 'refused':
      return 'status' in error && typeof error.status === 'number'
        ? { status: error.status, title: error.message }
        : null;
    case 'disk-full':
    case 'io':
    case 'busy':
    case 'closed':
    case 'corrupt':
      return { status: 503, title: 'The server cannot reach its store just now. Nothing was changed.' };
    default:
      return null;
  }
}
