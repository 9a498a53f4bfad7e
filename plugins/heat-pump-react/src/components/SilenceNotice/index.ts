export { silencesOf } from './silence';
export { SilenceNotice } from './SilenceNotice';
