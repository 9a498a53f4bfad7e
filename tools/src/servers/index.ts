export { createKafka } from './kafka.ts';
export { createMosquitto } from './mosquitto.ts';
export { createPostgres } from './postgres.ts';
