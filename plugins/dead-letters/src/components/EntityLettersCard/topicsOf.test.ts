import { topicsOf } from './topicsOf';

it.each([
  ['home/a.dlq, cloud/b.dlq', ['a.dlq']],
  ['a.dlq,b.dlq', ['a.dlq', 'b.dlq']],
  ['', []],
  [' , ', []],
])('finds the topics of the cluster home in "%s"', (annotation, topics) => {
  expect(topicsOf(annotation, 'home')).toEqual(topics);
});
