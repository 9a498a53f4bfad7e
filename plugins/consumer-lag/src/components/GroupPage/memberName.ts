import type { GroupMember } from '@homelab/plugin-consumer-lag-common';

/** How a member is called: by its lasting name where it has one. */
export function memberName(
  member: Pick<GroupMember, 'instanceId' | 'clientId' | 'memberId'>,
): string {
  return member.instanceId || member.clientId || member.memberId;
}
