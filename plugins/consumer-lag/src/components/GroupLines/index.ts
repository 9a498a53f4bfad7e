export { GroupLines } from './GroupLines';
