/** The client's input is wrong, in the shape of the server's InputError: `kind` and `field` are what counts at this border. */
export function inputError(field: string, message: string): Error {
  return Object.assign(new Error(message), { kind: 'input' as const, field });
}
