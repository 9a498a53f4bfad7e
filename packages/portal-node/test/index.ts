export {
  openPostgres,
  openSchema,
  pluginDatabases,
  startPlugin,
} from './plugin-support';
export type { Answer, TestPlugin } from './plugin-support';
export { openSqlite } from './sqlite-support';
