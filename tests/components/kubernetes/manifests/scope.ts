/** The cluster that the tests of its objects are about, and the labels that follow from it. */
export const SCOPE = { name: "shop", namespace: "kafka" };

export const SELECTOR = {
  "app.kubernetes.io/name": "kafka",
  "app.kubernetes.io/instance": "shop",
  "app.kubernetes.io/component": "broker",
};

export const LABELS = {
  ...SELECTOR,
  "app.kubernetes.io/managed-by": "pulumi",
  "app.kubernetes.io/part-of": "kafka-platform",
};

export const UI_SELECTOR = {
  ...SELECTOR,
  "app.kubernetes.io/name": "kafka-ui",
  "app.kubernetes.io/component": "ui",
};

export const UI_LABELS = { ...LABELS, ...UI_SELECTOR };
