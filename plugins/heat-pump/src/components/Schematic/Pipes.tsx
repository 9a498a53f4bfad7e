import { useTheme } from '@mui/material/styles';
import { useId } from 'react';
import type { Layout } from './layouts';
import { Arrow, celsius, Labelled, Part, Pipe, Words } from './parts';
import type { Plant } from './plant';
import { temperatureColour } from './temperatureColour';

const flowing = (flows: boolean) => (flows ? 'flowing' : 'still');

function BrinePipes({ layout, plant }: { layout: Layout; plant: Plant }) {
  const gradientId = useId();
  const { mode, divider } = useTheme().palette;
  const { brine_in_temp: inC, brine_out_temp: outC } = plant.status;
  const { pipes, labels } = layout;
  const common = { flows: plant.brineFlows, stepS: plant.brineStepS };
  const state = flowing(plant.brineFlows);
  return (
    <>
      <linearGradient id={gradientId} x1="1" y1="0" x2="0" y2="0">
        <stop offset="0" stopColor={temperatureColour(outC, mode) ?? divider} />
        <stop offset="1" stopColor={temperatureColour(inC, mode) ?? divider} />
      </linearGradient>
      <Part name={`Brine out pipe: ${celsius(outC)}, ${state}`}>
        <Pipe path={pipes.brineOut} temperatureC={outC} {...common} />
        <Pipe
          path={pipes.brineBend}
          temperatureC={null}
          stroke={`url(#${gradientId})`}
          {...common}
        />
        <Arrow at={layout.arrows.brineOut} flows={plant.brineFlows} />
        <Labelled
          at={labels.brineOut}
          label="Brine out"
          value={celsius(outC)}
        />
      </Part>
      <Part name={`Brine in pipe: ${celsius(inC)}, ${state}`}>
        <Pipe path={pipes.brineIn} temperatureC={inC} {...common} />
        <Arrow at={layout.arrows.brineIn} flows={plant.brineFlows} />
        <Labelled at={labels.brineIn} label="Brine in" value={celsius(inC)} />
      </Part>
    </>
  );
}

function WaterPipes({ layout, plant }: { layout: Layout; plant: Plant }) {
  const { supply_temp: supplyC, return_temp: returnC } = plant.status;
  const { pipes, labels } = layout;
  const toTank = plant.waterFlows && plant.valve === 'tank';
  const toHouse = plant.waterFlows && plant.valve === 'house';
  const state = flowing(plant.waterFlows);
  const common = { stepS: plant.waterStepS };
  const supply = { temperatureC: supplyC, ...common };
  const back = { temperatureC: returnC, ...common };
  // Nobody measures the water that stands in the branch which the valve has shut.
  const shut = { temperatureC: null, flows: false, ...common };
  const house = plant.valve === 'house';
  return (
    <>
      <Part name={`Return pipe: ${celsius(returnC)}, ${state}`}>
        <Pipe
          path={pipes.houseToReturn}
          {...(house ? { ...back, flows: toHouse } : shut)}
        />
        <Pipe
          path={pipes.tankToReturn}
          {...(house ? shut : { ...back, flows: toTank })}
        />
        <Pipe path={pipes.return} flows={plant.waterFlows} {...back} />
        <Arrow at={layout.arrows.return} flows={plant.waterFlows} />
        <Labelled at={labels.return} label="Return" value={celsius(returnC)} />
      </Part>
      <Part name={`Supply pipe: ${celsius(supplyC)}, ${state}`}>
        <Pipe
          path={pipes.supplyToHouse}
          {...(house ? { ...supply, flows: toHouse } : shut)}
        />
        <Pipe
          path={pipes.supplyToTank}
          {...(house ? shut : { ...supply, flows: toTank })}
        />
        <Pipe path={pipes.supply} flows={plant.waterFlows} {...supply} />
        <Arrow at={layout.arrows.supply} flows={plant.waterFlows} />
        <Labelled at={labels.supply} label="Supply" value={celsius(supplyC)} />
      </Part>
    </>
  );
}

/** Which of the valve's triangles is closed, by where it leads. */
function Valve({ layout, plant }: { layout: Layout; plant: Plant }) {
  const { palette } = useTheme();
  const { x, y, turned } = layout.valve;
  const open = palette.text.primary;
  const shut = palette.background.paper;
  const towardsTank = plant.valve === 'tank';
  const shape = { stroke: palette.text.primary, strokeWidth: 1.5 };
  return (
    <Part
      name={`Three-way valve: to the ${plant.valve === 'tank' ? 'hot water tank' : 'house'}`}
    >
      <g transform={`translate(${x} ${y}) ${turned ? 'rotate(-90)' : ''}`}>
        <circle r={17} fill={palette.background.paper} />
        <path d="M 0 0 L -13 -9 V 9 Z" fill={open} {...shape} />
        <path
          d="M 0 0 L 13 -9 V 9 Z"
          fill={towardsTank ? shut : open}
          {...shape}
        />
        <path
          d="M 0 0 L -9 13 H 9 Z"
          fill={towardsTank ? open : shut}
          {...shape}
        />
      </g>
    </Part>
  );
}

function AuxHeater({ layout, plant }: { layout: Layout; plant: Plant }) {
  const { palette } = useTheme();
  const { x, y, turned } = layout.auxHeater;
  const isOn = plant.auxHeaterOn === true;
  const known = isOn ? 'on' : 'off';
  const words = plant.auxHeaterOn === null ? 'not known' : known;
  const colour = isOn ? palette.warning.main : palette.text.secondary;
  return (
    <Part name={`Auxiliary heater: ${words}`}>
      <g transform={`translate(${x} ${y}) ${turned ? 'rotate(-90)' : ''}`}>
        <rect
          x={-24}
          y={-13}
          width={48}
          height={26}
          rx={6}
          fill={palette.background.paper}
          stroke={colour}
          strokeWidth={isOn ? 2.5 : 1.25}
        />
        <path
          d="M -17 0 h 4 l 3 -6 l 5 12 l 5 -12 l 5 12 l 5 -12 l 3 6 h 4"
          fill="none"
          stroke={colour}
          strokeWidth={isOn ? 2.5 : 1.25}
          strokeLinejoin="round"
        />
      </g>
      {isOn && (
        <Words
          x={layout.labels.auxHeater.x}
          y={layout.labels.auxHeater.y}
          textAnchor={layout.labels.auxHeater.anchor}
          style={{ fill: palette.warning.main, fontWeight: 600 }}
        >
          heater on
        </Words>
      )}
    </Part>
  );
}

/** All that carries brine or water, and what steers it. */
export function Pipes(props: { layout: Layout; plant: Plant }) {
  return (
    <>
      <BrinePipes {...props} />
      <WaterPipes {...props} />
      <AuxHeater {...props} />
      <Valve {...props} />
    </>
  );
}
