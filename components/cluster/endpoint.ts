/** What every cluster offers to the rest of the program, whatever it runs on. */
export interface KafkaEndpoint {
  /**
   * `host:port` of the brokers. Plain and not Outputs: with an unknown address the Kafka provider's
   * preview goes blind.
   */
  readonly bootstrapServers: readonly string[];
  readonly tlsEnabled: boolean;
}
