import { roomLabel } from './roomLabel';

it.each([
  ['bedroom', 'Bedroom'],
  ['living_room', 'Living room'],
  ['hot-water-closet', 'Hot water closet'],
  ['upstairs/söders_fönster', 'Upstairs söders fönster'],
  ['övre hallen', 'Övre hallen'],
  ['Hall', 'Hall'],
  ['TV room', 'TV room'],
  ['floor 1/bathroom', 'Floor 1 bathroom'],
  ['_guest__room_', 'Guest room'],
  ['freezer -18', 'Freezer -18'],
  ['shellyhtg3-5ecda1000001', 'shellyhtg3-5ecda1000001'],
  ['0x00158d0001', '0x00158d0001'],
  ['_', '_'],
])('%s is called %s', (id, label) => {
  expect(roomLabel(id)).toBe(label);
});
