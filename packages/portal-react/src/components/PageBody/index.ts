export { PageBody, Stack } from './PageBody';
