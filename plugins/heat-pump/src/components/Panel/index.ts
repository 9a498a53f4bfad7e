export { Panel, PanelTitle, VisuallyHidden } from './Panel';
