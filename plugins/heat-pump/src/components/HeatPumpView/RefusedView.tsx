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
        title="You do not have access to the readings of this house"
      >
        The permission <strong>{heatPumpReadPermission.name}</strong> is
        missing. Ask the administrator of this portal for it, then reload the
        page.
      </StateMessage>
    </Panel>
  );
}
