import { WebSocketServer } from 'ws';

/** A program that sends every frame back: the least that any server over `ws` does per frame. */
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.env.ECHO_PORT),
  perMessageDeflate: false,
  clientTracking: false,
});
server.on('connection', socket => {
  socket.on('message', data => socket.send(data, { binary: false }));
});
process.on('SIGTERM', () => process.exit(0));
