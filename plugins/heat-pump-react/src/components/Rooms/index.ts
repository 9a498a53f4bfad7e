export { roomFields } from './roomFields';
export { RoomHistory } from './RoomHistory';
export { RoomList } from './RoomList';
export { roomName } from './roomOrder';
export { lowBatteryPct, roomsSentence } from './roomsSentence';
export { useRoomOrder } from './useRoomOrder';
