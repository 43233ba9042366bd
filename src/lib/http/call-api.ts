/** What the API answered: its JSON (null when there is none), or one sentence to show beside the field it is about. */
export type Answer = { ok: true; value: unknown } | Refused;

export interface Refused {
  ok: false;
  /** null when the trouble is not about one field. */
  field: string | null;
  message: string;
}

/** Calls the API of this server. Never throws: no connection is an answer too. */
export async function callApi(method: string, path: string, body?: unknown): Promise<Answer> {
  try {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(path, { method, ...sent });
    const text = await response.text();
    const value: unknown = text === '' ? null : JSON.parse(text);
    return response.ok ? { ok: true, value } : refusal(value);
  } catch {
    return { ok: false, field: null, message: 'The server cannot be reached. Nothing was changed.' };
  }
}

function refusal(problem: unknown): Refused {
  const { field, title } = (problem ?? {}) as Record<string, unknown>;
  return {
    ok: false,
    field: typeof field === 'string' ? field : null,
    message: typeof title === 'string' ? title : 'The server refused this.',
  };
}
