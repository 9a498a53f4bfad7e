export { WebSocketLiveSource } from './WebSocketLiveSource';
