export { StatusIcon, StatusMark, toneColour } from './StatusMark';
export type { Tone } from './StatusMark';
export { staleLook } from './staleLook';
