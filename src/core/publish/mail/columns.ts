/** Narrower is hard to read, wider is wrapped by the first who quotes it. */
export const MAIL_COLUMNS = { least: 60, usual: 72, most: 100 } as const;
