/** The certificates that brokers show to clients outside. */
import { connect, type TLSSocket } from "node:tls";
import type { ClusterUnderTest } from "./cluster.ts";

interface Shown {
  readonly serialNumber: string;
  /** Why a client that trusts `ca` turns away; undefined when it does not. */
  readonly complaint: string | undefined;
}

/** What each broker shows to a client that trusts `ca`, certificates in PEM. OpenSSL judges. */
export const shownCertificates = ({ stack }: ClusterUnderTest, ca: string): Promise<Shown[]> =>
  Promise.all(stack.addresses.map((address) => shownBy(address, ca)));

/** What the brokers' certificates are called by the authority that has signed them. */
export const serialNumbers = async (cluster: ClusterUnderTest): Promise<string[]> => {
  const { caCertificate } = await cluster.stack.outputs();
  return (await shownCertificates(cluster, caCertificate)).map(({ serialNumber }) => serialNumber);
};

async function shownBy(address: string, ca: string): Promise<Shown> {
  const [host = "", port = ""] = address.split(":");
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const options = { host, port: Number(port), ca, rejectUnauthorized: false, timeout: 10_000 };
    const opened = connect(options, () => {
      resolve(opened);
    });
    opened.once("error", reject).once("timeout", () => opened.destroy(new Error("no answer")));
  });
  const { serialNumber } = socket.getPeerCertificate();
  const complaint = socket.authorized ? undefined : String(socket.authorizationError);
  socket.destroy();
  return { serialNumber, complaint };
}
