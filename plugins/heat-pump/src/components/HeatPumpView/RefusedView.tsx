import { heatPumpReadPermission } from '@homelab/plugin-heat-pump-common';
import { Panel, StateMessage } from '@homelab/portal-react';
import LockIcon from '@mui/icons-material/LockOutlined';

/** The user lacks the permission to see readings. */
export function RefusedView() {
  return (
    <Panel>
      <StateMessage
        isAlert
        icon={LockIcon}
        title="You may not see the readings of this house"
      >
        The permission <strong>{heatPumpReadPermission.name}</strong> is
        missing. Ask whoever runs this portal for it, then load the page again.
      </StateMessage>
    </Panel>
  );
}
