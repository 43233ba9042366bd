/** The client's input is wrong: says which field or line, and what was expected. Edges turn it into 400 or exit code 1. */
export class InputError extends Error {
  readonly kind = 'input';
  /** Field of a form or JSON body, or a place in a file such as `line 12` or `results[0].timezone`. */
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** The actor may not do this. Edges turn it into 403. */
export class AccessError extends Error {
  readonly kind = 'access';
}

/** No such event, session or note. Edges turn it into 404. */
export class NotFoundError extends Error {
  readonly kind = 'not-found';
}

/** Right in itself, but not this much, this often or now: the message says what to do. Edges turn it into `status`. */
export class RefusedError extends Error {
  readonly kind = 'refused';
  readonly status: 409 | 413 | 429 | 507;
  constructor(status: RefusedError['status'], message: string) {
    super(message);
    this.status = status;
  }
}
