/** It stands alone: without a network there are no scripts for it. */
export const csr = false;
