export { refusalOf } from './check-value.ts';
export { changeText, consequencesOf, settingText } from './describe-change.ts';
export { reportFilters, settingsFormats, writeFilters } from './formats.ts';
export type {
  FormatSetting,
  RegisterReport,
  Registers,
  SettingsFormat,
  WriteMessage,
} from './settings-format.ts';
export {
  fromThermiqRegister,
  thermiqDeviceId,
  thermiqOperatingModes,
  thermiqRegisterName,
} from './thermiq.ts';
export type { ThermiqNames } from './thermiq.ts';
