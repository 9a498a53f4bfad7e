import { useTheme } from '@mui/material/styles';
import { circuitsOf } from './layouts';
import type { Layout } from './layouts';
import { Arrow, celsius, flowing, Labelled, Part, Pipe, Words } from './parts';
import type { Plant } from './plant';

function WaterPipes({ layout, plant }: { layout: Layout; plant: Plant }) {
  const { supply_temp: supplyC, return_temp: returnC } = plant.status;
  const { pipes, labels } = layout;
  const circuits = circuitsOf(layout, plant);
  const hasTank = plant.parts.hotWaterTank;
  const toTank = plant.waterFlows && plant.valve === 'tank';
  const toHouse = plant.waterFlows && plant.valve === 'house';
  const state = flowing(plant.waterFlows);
  const common = { stepS: plant.waterStepS };
  const supply = { temperatureC: supplyC, ...common };
  const back = { temperatureC: returnC, ...common };
  // The temperature of the water in the branch that the valve has closed is not measured.
  const shut = { temperatureC: null, flows: false, ...common };
  const house = plant.valve === 'house';
  return (
    <>
      <Part name={`Return pipe: ${celsius(plant, 'return_temp')}, ${state}`}>
        {circuits.return.map(path => (
          <Pipe
            key={path}
            path={path}
            {...(house ? { ...back, flows: toHouse } : shut)}
          />
        ))}
        {hasTank && (
          <Pipe
            path={pipes.tankToReturn}
            {...(house ? shut : { ...back, flows: toTank })}
          />
        )}
        <Pipe path={pipes.return} flows={plant.waterFlows} {...back} />
        <Arrow at={layout.arrows.return} flows={plant.waterFlows} />
        <Labelled
          at={labels.return}
          label="Return"
          value={celsius(plant, 'return_temp')}
        />
      </Part>
      <Part name={`Supply pipe: ${celsius(plant, 'supply_temp')}, ${state}`}>
        {circuits.supply.map(path => (
          <Pipe
            key={path}
            path={path}
            {...(house ? { ...supply, flows: toHouse } : shut)}
          />
        ))}
        {hasTank && (
          <Pipe
            path={pipes.supplyToTank}
            {...(house ? shut : { ...supply, flows: toTank })}
          />
        )}
        <Pipe path={pipes.supply} flows={plant.waterFlows} {...supply} />
        <Arrow at={layout.arrows.supply} flows={plant.waterFlows} />
        <Labelled
          at={labels.supply}
          label="Supply"
          value={celsius(plant, 'supply_temp')}
        />
      </Part>
    </>
  );
}

/** Which of the valve's triangles is closed, by its position. */
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
  const words = plant.auxHeaterOn === null ? 'unknown' : known;
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

/** The vessel through which the water of the house passes, supply above return. */
function BufferTank({ layout, plant }: { layout: Layout; plant: Plant }) {
  const { palette } = useTheme();
  const { label, turned, ...box } = layout.buffer;
  const { x, y, anchor } = label;
  const fed = plant.waterFlows && plant.valve === 'house';
  return (
    <Part name={`Buffer tank: ${fed ? 'fed by the heat pump' : 'not fed'}`}>
      <rect
        {...box}
        rx={11}
        fill={palette.background.paper}
        stroke={palette.text.secondary}
        strokeWidth={1.5}
      />
      <Words
        x={x}
        y={y}
        textAnchor={anchor}
        dominantBaseline={turned ? 'central' : undefined}
        transform={turned ? `rotate(-90 ${x} ${y})` : undefined}
      >
        Buffer tank
      </Words>
    </Part>
  );
}

/** The pipes, with what sits on them. */
export function Pipes(props: { layout: Layout; plant: Plant }) {
  const { parts } = props.plant;
  return (
    <>
      <WaterPipes {...props} />
      {parts.bufferTank && <BufferTank {...props} />}
      {parts.auxHeater && <AuxHeater {...props} />}
      {parts.hotWaterTank && <Valve {...props} />}
    </>
  );
}
