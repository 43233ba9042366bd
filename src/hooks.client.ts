import type { HandleClientError } from '@sveltejs/kit';

/** What browsers say when a request got no answer at all, or a file of the page could not be had. */
const NO_ANSWER = /fetch|NetworkError|Load failed|import/i;

export const handleError: HandleClientError = ({ error, message }) => {
  if (error instanceof TypeError && NO_ANSWER.test(error.message))
    return { message: 'There is no connection to the server.', away: true };
  // eslint-disable-next-line no-console -- as the framework does by itself: a fault of ours must be seen
  console.error(error);
  return { message };
};
