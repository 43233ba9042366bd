/** Who does something: a device with a name, known by the server, never by what the client says of itself. */
export interface Actor {
  /** Device id (SHA-256 of the cookie's secret, hex), or `unnamed` for a tool without a cookie. */
  id: string;
  /** The name given on this device, normalised; null before the first. */
  name: string | null;
  organizer: boolean;
  /** As in RequestFacts. */
  loopback: boolean;
}
