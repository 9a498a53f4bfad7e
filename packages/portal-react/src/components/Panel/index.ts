export { ViewWidth, whenNarrow, whenOneColumn } from './viewWidth';
export { Panel, PanelTitle, VisuallyHidden } from './Panel';
