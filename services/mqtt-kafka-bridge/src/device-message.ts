/** A message of a device, as it came from the MQTT broker. */
export interface DeviceMessage {
  readonly mqttTopic: string;
  readonly payload: Uint8Array;
  /** The broker had kept it from before the subscription: its age is unknown. */
  readonly retained: boolean;
  readonly receivedAtMs: number;
  /** Since when it may have waited in the broker's queue; absent for a live message. */
  readonly waitedSinceMs?: number;
  /** Set on a redriven dead letter: its redrive count, and when it was redriven. */
  readonly redrive?: { readonly count: number; readonly atMs: number };
}
