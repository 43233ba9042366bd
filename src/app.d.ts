import type { Services } from '#server/context.ts';
import type { Actor } from '#server/identity/actor.ts';

declare global {
  namespace App {
    interface Locals {
      /** As this actor may see them: `events.list` leaves out and `events.get` refuses (403) what it may not read. */
      services: Services;
      actor: Actor;
    }
    interface Error {
      message: string;
      /** Slug of the event that is there, when only its session is not. */
      event?: string;
      /** By which the operator finds the log line of an unexpected error. */
      id?: string;
      /** The server or the network was not there: nothing is known of the page. */
      away?: true;
    }
  }
}

export {};
