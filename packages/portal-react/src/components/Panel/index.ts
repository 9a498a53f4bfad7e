export { focusRing } from './focusRing';
export { ViewWidth, whenNarrow, whenOneColumn } from './viewWidth';
export { Panel, PanelTitle, VisuallyHidden } from './Panel';
