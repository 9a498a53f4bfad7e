import { useTheme } from '@mui/material/styles';
import { useId } from 'react';
import type { AirPlace, GroundPlace, Layout } from './layouts';
import {
  Arrow,
  celsius,
  flowing,
  Labelled,
  Part,
  Pipe,
  Turning,
  Words,
} from './parts';
import type { AirSource, GroundSource, Plant } from './plant';
import { temperatureColour } from './temperatureColour';

interface PartProps {
  layout: Layout;
  plant: Plant;
}

/** The surroundings of the unit: the air with its temperature, the soil, the borehole. */
export function Source({ layout, plant }: PartProps) {
  const { outdoor_temp: outdoorC } = plant.status;
  const { source: place } = layout;
  const { source } = plant;
  return (
    <>
      <Part name={`Outdoor: ${celsius(plant, 'outdoor_temp')}`}>
        <Labelled
          at={layout.labels.outdoor}
          label="Outdoor"
          value={celsius(plant, 'outdoor_temp')}
        />
      </Part>
      <Part
        name={
          source.kind === 'ground'
            ? 'Heat source: ground'
            : `Heat source: outdoor air, ${flowing(source.fanTurns)}`
        }
      >
        <Soil place={place} />
        {place.kind === 'air' && source.kind === 'air' && (
          <Air place={place} source={source} outdoorC={outdoorC} />
        )}
      </Part>
      {place.kind === 'ground' && source.kind === 'ground' && (
        <BrinePipes place={place} source={source} plant={plant} />
      )}
    </>
  );
}

function Soil({ place }: { place: GroundPlace | AirPlace }) {
  const { secondary } = useTheme().palette.text;
  return (
    <>
      <path d={place.soil} stroke={secondary} strokeWidth={1.25} />
      <path
        d={place.soilHatch}
        stroke={secondary}
        strokeWidth={1}
        opacity={0.6}
      />
      {place.kind === 'air' && (
        <path d={place.feet} stroke={secondary} strokeWidth={5} />
      )}
    </>
  );
}

/** The air that the fan draws in, in the colour of its temperature. */
function Air(props: {
  place: AirPlace;
  source: AirSource;
  outdoorC: number | null;
}) {
  const { mode, divider } = useTheme().palette;
  const colour = temperatureColour(props.outdoorC, mode) ?? divider;
  return (
    <g style={{ display: props.source.fanTurns ? undefined : 'none' }}>
      {props.place.air.map(path => (
        <path
          key={path}
          d={`${path} m -8 -6 l 8 6 l -8 6`}
          fill="none"
          stroke={colour}
          strokeWidth={3}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </g>
  );
}

function BrinePipes(props: {
  place: GroundPlace;
  source: GroundSource;
  plant: Plant;
}) {
  const { place, source, plant } = props;
  const gradientId = useId();
  const { mode, divider } = useTheme().palette;
  const { brine_in_temp: inC, brine_out_temp: outC } = plant.status;
  const { pipes, labels } = place;
  const common = { flows: source.brineFlows, stepS: source.brineStepS };
  const state = flowing(source.brineFlows);
  return (
    <>
      <linearGradient id={gradientId} x1="1" y1="0" x2="0" y2="0">
        <stop offset="0" stopColor={temperatureColour(outC, mode) ?? divider} />
        <stop offset="1" stopColor={temperatureColour(inC, mode) ?? divider} />
      </linearGradient>
      <Part
        name={`Brine out pipe: ${celsius(plant, 'brine_out_temp')}, ${state}`}
      >
        <Pipe path={pipes.brineOut} temperatureC={outC} {...common} />
        <Pipe
          path={pipes.brineBend}
          temperatureC={null}
          stroke={`url(#${gradientId})`}
          {...common}
        />
        <Arrow at={place.arrows.brineOut} flows={source.brineFlows} />
        <Labelled
          at={labels.brineOut}
          label="Brine out"
          value={celsius(plant, 'brine_out_temp')}
        />
      </Part>
      <Part
        name={`Brine in pipe: ${celsius(plant, 'brine_in_temp')}, ${state}`}
      >
        <Pipe path={pipes.brineIn} temperatureC={inC} {...common} />
        <Arrow at={place.arrows.brineIn} flows={source.brineFlows} />
        <Labelled
          at={labels.brineIn}
          label="Brine in"
          value={celsius(plant, 'brine_in_temp')}
        />
      </Part>
    </>
  );
}

const blades = [0, 72, 144, 216, 288];
const flakes = [
  { angle: 205, far: 0.62 },
  { angle: 335, far: 0.62 },
  { angle: 90, far: 0.66 },
];

/** The fan in front of the evaporator; during a defrost it is stopped, and there is ice. */
export function Fan({ layout, plant }: PartProps) {
  const { palette } = useTheme();
  const { source: place } = layout;
  const { source } = plant;
  if (place.kind !== 'air' || source.kind !== 'air') return null;
  const { x, y, radius } = place.fan;
  const { defrosts, fanTurns } = source;
  const ice = palette.info.main;
  const ink = fanTurns ? palette.text.primary : palette.text.secondary;
  const arm = radius * 0.84;
  const words = fanTurns ? 'turning' : 'stopped';
  return (
    <Part name={`Fan: ${defrosts ? 'stopped, defrosting' : words}`}>
      <path d={place.divider} stroke={palette.divider} strokeWidth={1.5} />
      <g transform={`translate(${x} ${y})`}>
        <circle
          r={radius}
          fill={palette.background.paper}
          stroke={defrosts ? ice : ink}
          strokeWidth={defrosts ? 3 : 1.5}
        />
        <g opacity={defrosts ? 0.35 : 1}>
          <Turning data-turning={fanTurns}>
            {/* As wide on all sides as the blades reach: it turns about its middle. */}
            <circle r={arm} fill="none" />
            {blades.map(angle => (
              <path
                key={angle}
                transform={`rotate(${angle})`}
                d={`M 0 0 C ${arm * 0.05} ${-arm * 0.45} ${arm * 0.3} ${-arm * 0.9} ${arm * 0.62} ${-arm * 0.78} C ${arm * 0.5} ${-arm * 0.4} ${arm * 0.25} ${-arm * 0.15} 0 0 Z`}
                fill={ink}
                fillOpacity={0.14}
                stroke={ink}
                strokeWidth={1.5}
                strokeLinejoin="round"
              />
            ))}
          </Turning>
          <circle
            r={radius * 0.14}
            fill={palette.background.paper}
            stroke={ink}
            strokeWidth={1.5}
          />
        </g>
        {defrosts &&
          flakes.map(({ angle, far }) => (
            <Flake
              key={angle}
              size={radius * 0.2}
              x={Math.cos((angle * Math.PI) / 180) * far * radius}
              y={Math.sin((angle * Math.PI) / 180) * far * radius}
            />
          ))}
      </g>
      {defrosts && (
        <Words
          x={place.labels.fan.x}
          y={place.labels.fan.y}
          textAnchor={place.labels.fan.anchor}
          style={{ fill: ice, fontWeight: 600 }}
        >
          defrosting
        </Words>
      )}
    </Part>
  );
}

function Flake(props: { x: number; y: number; size: number }) {
  const { main } = useTheme().palette.info;
  const { x, y, size } = props;
  return (
    <g
      transform={`translate(${x} ${y})`}
      stroke={main}
      strokeWidth={2}
      strokeLinecap="round"
    >
      {[0, 60, 120].map(angle => (
        <path
          key={angle}
          transform={`rotate(${angle})`}
          d={`M ${-size} 0 H ${size}`}
        />
      ))}
    </g>
  );
}
