export { createDeadLetterTopics } from './deadLetterTopics';
export type { DeadLetterTopics } from './deadLetterTopics';
export {
  deadLettersSections,
  readDeadLetterTopics,
} from './readDeadLetterTopics';
export { redriveEndedSchema, redriveEndedTopic } from './redriveEnded';
export type { RedriveEnded } from './redriveEnded';
