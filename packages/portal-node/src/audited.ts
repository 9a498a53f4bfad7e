import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Request } from 'express';

/** What is reported to the auditor about an action, whether it succeeds or not. */
export interface AuditedAction {
  readonly eventId: string;
  readonly severityLevel: 'low' | 'medium' | 'high';
  readonly request: Request;
  readonly meta: NonNullable<AuditorServiceCreateEventOptions['meta']>;
}

/** Runs the action and reports to the auditor who requested it and how it went. */
export async function audited<T>(
  auditor: AuditorService,
  action: AuditedAction,
  act: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent(action);
  try {
    const result = await act();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: toError(error) });
    throw error;
  }
}
