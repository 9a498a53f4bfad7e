import type { GroupMember } from '@homelab/plugin-consumer-lag-common';

/** The name of a member: its static id if it has one. */
export function memberName(
  member: Pick<GroupMember, 'instanceId' | 'clientId' | 'memberId'>,
): string {
  return member.instanceId || member.clientId || member.memberId;
}
