/** What a person reads first, as Alertmanager's templates: who, what, how much, and what to do. */
export const TITLE =
  "[{{ .Status | toUpper }}] {{ .CommonLabels.severity }}: {{ .CommonLabels.alertname }} ({{ .CommonLabels.owner }})";
export const TEXT =
  "{{ range .Alerts }}*{{ .Annotations.summary }}*\n{{ .Annotations.description }}\n" +
  "{{ .Annotations.impact }}\n`{{ .Annotations.command }}`\n{{ .Annotations.runbook_url }}\n{{ end }}";
