export { SilenceNotice } from './SilenceNotice';
