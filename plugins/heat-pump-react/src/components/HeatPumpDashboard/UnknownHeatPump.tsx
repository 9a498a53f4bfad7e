import { Panel, StateMessage } from '@homelab/portal-react/ui';
import SearchOffIcon from '@mui/icons-material/SearchOffOutlined';

/** A link to a heat pump of which there is no reading. The others are shown above. */
export function UnknownHeatPump(props: { deviceId: string }) {
  return (
    <Panel>
      <StateMessage
        isAlert
        icon={SearchOffIcon}
        title={`There is no heat pump ${props.deviceId}`}
      >
        No reading of a heat pump with this name has arrived. Choose one of
        those above, or check the name in the link.
      </StateMessage>
    </Panel>
  );
}
