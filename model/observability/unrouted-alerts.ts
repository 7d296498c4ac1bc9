/** Configuration of an Alertmanager that shows alerts, grouped by what they are, and sends them to nobody. */
export const UNROUTED_ALERTS = `${JSON.stringify(
  {
    route: { receiver: "nobody", group_by: ["alertname", "cluster"] },
    receivers: [{ name: "nobody" }],
  },
  undefined,
  2,
)}\n`;
