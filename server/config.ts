/** The server's settings, validated once at start; main.ts reads the environment, nothing else does. */
export interface Config {
  host: string;
  port: number;
  /** Public origin without a trailing slash; null when unset (then the Host header of a loopback request is used). */
  origin: string | null;
  dataDir: string;
  /** Import the sample event into an empty store. */
  sample: boolean;
  /** False only for measurement, and only on loopback. */
  limits: boolean;
}
