import { dash, formatNumber } from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import { useTheme } from '@mui/material/styles';
import { formatWord } from '../measurements';
import { circuitsOf } from './layouts';
import type { Box, Layout } from './layouts';
import { celsius, Figures, Labelled, Part, Turning, Words } from './parts';
import type { EmitterKind, Plant } from './plant';
import { temperatureColour } from './temperatureColour';

/** What a circuit heats with, in words. */
export const emitterWords: Record<EmitterKind, string> = {
  radiators: 'Radiators',
  floor: 'Floor',
};

interface PartProps {
  layout: Layout;
  plant: Plant;
}

/** The house with its room temperature. */
export function Building({ layout, plant }: PartProps) {
  const { palette } = useTheme();
  const { target_temp: targetC } = plant.status;
  const target =
    targetC === null ? '' : `, target ${celsius(plant, 'target_temp')}`;
  return (
    <Part name={`House: room ${celsius(plant, 'actual_temp')}${target}`}>
      <path
        d={layout.house}
        fill="none"
        stroke={palette.text.secondary}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <Labelled
        at={layout.labels.room}
        label="Room"
        value={celsius(plant, 'actual_temp')}
      />
    </Part>
  );
}

/** `Running`, `Stopped` or `Unknown`. */
export function compressorWord(plant: Plant): string {
  if (plant.compressorRuns === null) return 'Unknown';
  return plant.compressorRuns ? 'Running' : 'Stopped';
}

/** What the heat pump is doing, in a word. */
export function modeWord({ alarm, status }: Plant): string {
  if (alarm) return 'Alarm';
  return status.mode === null ? dash : formatWord(status.mode);
}

/** The heat pump itself with its compressor. */
export function Unit({ layout, plant }: PartProps) {
  const { palette } = useTheme();
  const { unit, compressor, labels } = layout;
  const word = compressorWord(plant);
  const runs = plant.compressorRuns === true;
  const ink = runs ? palette.text.primary : palette.text.secondary;
  const edge = plant.alarm ? palette.error.main : palette.text.secondary;
  const arm = compressor.radius * 0.62;
  return (
    <Part name={`Heat pump: ${modeWord(plant)}, ${word.toLowerCase()}`}>
      <rect
        {...unit}
        rx={14}
        fill={palette.background.default}
        stroke={edge}
        strokeWidth={plant.alarm ? 2.5 : 1.5}
      />
      <Words
        x={labels.title.x}
        y={labels.title.y}
        textAnchor={labels.title.anchor}
        style={{ fontWeight: 600, fill: palette.text.primary }}
      >
        Heat pump
      </Words>
      <g transform={`translate(${compressor.x} ${compressor.y})`}>
        <circle
          r={compressor.radius}
          fill={palette.background.paper}
          stroke={ink}
          strokeWidth={1.5}
        />
        <Turning data-turning={runs && plant.waterFlows}>
          {[0, 120, 240].map(angle => (
            <path
              key={angle}
              transform={`rotate(${angle})`}
              d={`M 0 0 C ${arm * 0.2} ${-arm * 0.7} ${arm * 0.9} ${-arm * 0.8} ${arm} 0`}
              fill="none"
              stroke={ink}
              strokeWidth={3.5}
              strokeLinecap="round"
            />
          ))}
        </Turning>
      </g>
      <g textAnchor={labels.compressor.anchor}>
        <Words x={labels.compressor.x} y={labels.compressor.y}>
          {modeWord(plant)}
        </Words>
        <Words
          x={labels.compressor.x}
          y={labels.compressor.y + 20}
          style={{ fill: ink, fontWeight: 600 }}
        >
          {word}
        </Words>
      </g>
    </Part>
  );
}

/** The hot water tank, in the colour of its water temperature. */
export function Tank({ layout, plant }: PartProps) {
  const { palette } = useTheme();
  const { hot_water_temp: waterC } = plant.status;
  const colour = temperatureColour(waterC, palette.mode);
  const charging = plant.valve === 'tank' ? ', being heated' : '';
  return (
    <Part
      name={`Hot water tank: ${celsius(plant, 'hot_water_temp')}${charging}`}
    >
      <rect {...layout.tank} rx={16} fill={palette.background.paper} />
      <rect
        {...layout.tank}
        rx={16}
        fill={colour ?? 'none'}
        fillOpacity={0.14}
        stroke={colour ?? palette.text.secondary}
        strokeWidth={plant.valve === 'tank' ? 3 : 1.5}
        style={{ transition: 'fill 250ms, stroke 250ms' }}
      />
      <Labelled
        at={layout.labels.hotWater}
        label="Hot water"
        value={celsius(plant, 'hot_water_temp')}
      />
    </Part>
  );
}

/** The emitters of each circuit; several circuits are named by what they heat with. */
export function Emitters({ layout, plant }: PartProps) {
  const { palette } = useTheme();
  const { supply_temp: supplyC, return_temp: returnC } = plant.status;
  const meanC =
    supplyC === null || returnC === null ? null : (supplyC + returnC) / 2;
  const isWarm = plant.valve === 'house';
  const colour = isWarm ? temperatureColour(meanC, palette.mode) : null;
  const stroke = colour ?? palette.text.secondary;
  const { circuits } = plant.parts;
  const { emitters, labels } = circuitsOf(layout, plant);
  return circuits.map((kind, index) => {
    const box = emitters[index];
    const label = labels[index];
    if (box === undefined || label === undefined) return null;
    const Drawn = drawings[kind];
    return (
      <Part
        key={label.x + label.y}
        name={`${emitterWords[kind]}: ${isWarm ? 'heated' : 'not heated'}`}
      >
        <Drawn box={box} stroke={stroke} />
        {circuits.length > 1 && (
          <Words x={label.x} y={label.y} textAnchor={label.anchor}>
            {emitterWords[kind]}
          </Words>
        )}
      </Part>
    );
  });
}

interface EmitterProps {
  box: Box;
  stroke: string;
}

function Radiators({ box, stroke }: EmitterProps) {
  const { palette } = useTheme();
  const fins = [0, 1, 2, 3, 4];
  const finWidth = box.width / fins.length;
  return fins.map(fin => (
    <rect
      key={fin}
      x={box.x + fin * finWidth + 2}
      y={box.y}
      width={finWidth - 4}
      height={box.height}
      rx={Math.min(5, finWidth / 3)}
      fill={palette.background.paper}
      stroke={stroke}
      strokeWidth={1.75}
      style={{ transition: 'stroke 250ms' }}
    />
  ));
}

/** The loops of a pipe below the floor. */
function Floor({ box, stroke }: EmitterProps) {
  const { palette } = useTheme();
  const { x, y, width, height } = box;
  const bend = height / 8;
  const run = width - 16 - 2 * bend;
  const arc = (sweep: number) => `a ${bend} ${bend} 0 0 ${sweep} 0 ${2 * bend}`;
  return (
    <>
      <rect
        {...box}
        rx={5}
        fill={palette.background.paper}
        stroke={stroke}
        strokeWidth={1.75}
        style={{ transition: 'stroke 250ms' }}
      />
      <path
        d={`M ${x + 8 + bend} ${y + bend} h ${run} ${arc(1)} h ${-run} ${arc(0)} h ${run} ${arc(1)} h ${-run}`}
        fill="none"
        stroke={stroke}
        strokeWidth={1.75}
        strokeLinecap="round"
        style={{ transition: 'stroke 250ms' }}
      />
    </>
  );
}

const drawings = { radiators: Radiators, floor: Floor };

/** The electricity meter and its wires. */
export function Meter({ layout, plant }: PartProps) {
  const { palette } = useTheme();
  const { meter } = layout;
  const amber = measurementColours.electricity[palette.mode];
  const { label, valueKw } = plant.power;
  const value = valueKw === null ? dash : `${formatNumber(valueKw, 2)} kW`;
  return (
    <Part name={`Electricity, ${label.toLowerCase()}: ${value}`}>
      <path
        d={layout.wires}
        fill="none"
        stroke={amber}
        strokeWidth={2}
        strokeLinejoin="round"
      />
      <rect
        {...meter}
        rx={10}
        fill={palette.background.paper}
        stroke={amber}
        strokeWidth={1.5}
      />
      <path
        transform={`translate(${meter.x + 12} ${meter.y + 12})`}
        d="M 8 0 L 0 13 H 6 L 4 24 L 13 10 H 7 Z"
        fill={amber}
      />
      <Words x={meter.x + 36} y={meter.y + 19}>
        {label}
      </Words>
      <Figures x={meter.x + 36} y={meter.y + 38}>
        {value}
      </Figures>
    </Part>
  );
}
