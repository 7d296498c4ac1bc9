import { connect } from "node:tls";
import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { messageOf } from "../../../model/values/user-error.ts";
import { hostAndPort } from "../../../model/values/network-address.ts";
import { KafkaAdminError } from "../errors.ts";
import type { BrokerAddress } from "./broker-links.ts";

/**
 * The certificate that a broker shows to whoever connects. Whether it can be trusted is not asked: an
 * audit wants to see what is wrong with it. Nothing is sent over the connection.
 *
 * @throws KafkaAdminError when there is no answer in time, or none that speaks TLS
 */
export async function serverCertificate(
  { host, port }: Pick<BrokerAddress, "host" | "port">,
  timeoutMs: number,
): Promise<X509Certificate> {
  const what = `certificate of ${hostAndPort(host, port)}`;
  return new Promise((resolve, reject) => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port, rejectUnauthorized: false, ...servername });
    const fail = (reason: string) => {
      socket.destroy();
      reject(new KafkaAdminError("TLS", `${what}: ${reason}.`));
    };
    socket.setTimeout(timeoutMs, () => fail(`no answer within ${String(timeoutMs)} ms`));
    socket.once("error", (error) => fail(messageOf(error)));
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate) resolve(certificate);
      else fail("it shows none");
    });
  });
}
