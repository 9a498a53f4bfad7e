import { topicsOf } from './topicsOf';

it.each([
  ['home/a.dlq, cloud/b.dlq', ['a.dlq']],
  ['a.dlq,b.dlq', ['a.dlq', 'b.dlq']],
  ['', []],
  [' , ', []],
])('finds in "%s" the topics of home', (annotation, topics) => {
  expect(topicsOf(annotation, 'home')).toEqual(topics);
});
