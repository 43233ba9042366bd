/**
 * The floor: forwards each frame to all others of its room without reading it, one send per frame and receiver, and keeps
 * nothing. It looks at two bytes only, to answer "this is what I have" with "nothing to add", so that clients become synced.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

const NOTHING_TO_ADD = new Uint8Array([0, 1, 2, 0, 0]);
const rooms = new Map<string, Set<WebSocket>>();

const sockets = new WebSocketServer({ noServer: true });
const http = createServer((_request, response) => response.end());

http.on('upgrade', (request, tcp, head) => {
  sockets.handleUpgrade(request, tcp, head, (socket) => join(socket, request.url ?? '/'));
});
http.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));

function join(socket: WebSocket, name: string): void {
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(socket));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data: Buffer) => {
    if (data[0] === 0 && data[1] === 0) return socket.send(NOTHING_TO_ADD);
    for (const other of room) if (other !== socket) other.send(data);
  });
}
