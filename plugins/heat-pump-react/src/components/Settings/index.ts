export type { SettingChange, SettingsApi } from './SettingsApi';
export { SettingsPanel } from './SettingsPanel';
