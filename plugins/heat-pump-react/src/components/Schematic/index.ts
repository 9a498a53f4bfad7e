export { Schematic } from './Schematic';
