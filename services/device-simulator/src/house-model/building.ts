import { jPerKWh, stepS } from './units.ts';

/** The temperatures of the three heat stores of the building, outermost first. */
export interface BuildingState {
  wallsC: number;
  structureC: number;
  roomC: number;
}

// A conductance of 148 W/K in all; 52, 28 and 20 % of the resistance lie outside the
// walls, between walls and structure, and between structure and room.
const lossWPerK = 148;
const outerWPerK = lossWPerK / 0.52;
const middleWPerK = lossWPerK / 0.28;
const innerWPerK = lossWPerK / 0.2;

const wallsJPerK = 12 * jPerKWh;
const structureJPerK = 6 * jPerKWh;
const roomJPerK = 1 * jPerKWh;

// Someone opens a window when it gets too warm and it is cooler outside.
const openWindowAboveC = 23.3;
const fullyOpenWithinK = 1.5;
const openWindowWPerK = 250;

/** What the building does in one step. */
export interface BuildingStep {
  state: BuildingState;
  /** Heat that left the house, through walls and windows. */
  lossW: number;
}

/** Steps the building with heat given to the room and a temperature outside. */
export function stepBuilding(
  state: BuildingState,
  heatToRoomW: number,
  outdoorC: number,
): BuildingStep {
  const outwardsW = (state.wallsC - outdoorC) * outerWPerK;
  const toWallsW = (state.structureC - state.wallsC) * middleWPerK;
  const toStructureW = (state.roomC - state.structureC) * innerWPerK;
  const windowW = windowLossW(state.roomC, outdoorC);
  return {
    state: {
      wallsC: state.wallsC + ((toWallsW - outwardsW) * stepS) / wallsJPerK,
      structureC:
        state.structureC + ((toStructureW - toWallsW) * stepS) / structureJPerK,
      roomC:
        state.roomC +
        ((heatToRoomW - toStructureW - windowW) * stepS) / roomJPerK,
    },
    lossW: outwardsW + windowW,
  };
}

function windowLossW(roomC: number, outdoorC: number): number {
  if (roomC <= openWindowAboveC || outdoorC >= roomC) return 0;
  const opening = Math.min(1, (roomC - openWindowAboveC) / fullyOpenWithinK);
  return opening * openWindowWPerK * (roomC - outdoorC);
}

/** Heat stored in the building above 0 °C, in joules. */
export function buildingHeatJ(state: BuildingState): number {
  return (
    state.wallsC * wallsJPerK +
    state.structureC * structureJPerK +
    state.roomC * roomJPerK
  );
}
