/** The colours of one theme. Only colours with a meaning are not neutral. */
export interface ThemeTokens {
  mode: 'light' | 'dark';
  /** Behind everything. */
  canvas: string;
  /** Cards, tables, dialogs. */
  surface: string;
  /** One step off the surface: hovered rows, wells, code. */
  surfaceRaised: string;
  /** Hairlines; used where space alone does not separate. */
  border: string;
  /** Borders of controls such as fields and outlined buttons; 3:1 against the surface. */
  borderStrong: string;
  text: string;
  /** Secondary text, at least 4.5:1 against canvas and surface. */
  textQuiet: string;
  textDisabled: string;
  /** Links, focus, the selected item. */
  accent: string;
  accentHover: string;
  /** Text on the accent. */
  onAccent: string;
  /** Status colours, at least 4.5:1 against canvas and surface. */
  ok: string;
  watch: string;
  act: string;
  unknown: string;
  /** Quiet fills for messages of each status. */
  okFill: string;
  watchFill: string;
  actFill: string;
  accentFill: string;
}

export const lightTokens: ThemeTokens = {
  mode: 'light',
  canvas: '#F6F6F4',
  surface: '#FFFFFF',
  surfaceRaised: '#F0F0ED',
  border: '#E3E3DE',
  borderStrong: '#8A8A84',
  text: '#1B1C1E',
  textQuiet: '#5F6368',
  textDisabled: '#A3A6AA',
  accent: '#1B5FA8',
  accentHover: '#134680',
  onAccent: '#FFFFFF',
  ok: '#1E7B3C',
  watch: '#8F5B00',
  act: '#C3281F',
  unknown: '#5F6368',
  okFill: '#E3F2E7',
  watchFill: '#FBEFD5',
  actFill: '#FBE6E4',
  accentFill: '#E4EDF7',
};

export const darkTokens: ThemeTokens = {
  mode: 'dark',
  canvas: '#151618',
  surface: '#1E1F22',
  surfaceRaised: '#292A2E',
  border: '#303237',
  borderStrong: '#75787E',
  text: '#ECEDEE',
  textQuiet: '#A8ADB3',
  textDisabled: '#686C72',
  accent: '#8AB8F0',
  accentHover: '#B3D2F7',
  onAccent: '#0E1A28',
  ok: '#6FCB8A',
  watch: '#E5B454',
  act: '#FF8A80',
  unknown: '#A8ADB3',
  okFill: '#1A3323',
  watchFill: '#372B12',
  actFill: '#402021',
  accentFill: '#1D2C3E',
};

/** The system's own typeface: nothing is downloaded, and it looks like other programs on the machine. */
export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
