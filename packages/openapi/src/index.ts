export {
  componentSchemas,
  jsonContent,
  parametersOf,
  textParams,
} from './schemas.ts';
export type { Components, Parameter } from './schemas.ts';
