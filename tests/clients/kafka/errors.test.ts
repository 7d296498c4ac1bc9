import { describe, expect, it } from "vitest";

import { refusal } from "../../../clients/kafka/errors.ts";

describe("refusal", () => {
  it("is undefined for success", () => {
    expect(refusal("topic a", { errorCode: 0 })).toBeUndefined();
  });

  it("keeps the broker's sentence and names the error", () => {
    const error = refusal("topic a", { errorCode: 40, errorMessage: "Not a number." });
    expect(error).toMatchObject({
      name: "KafkaAdminError",
      code: "REFUSED",
      brokerError: "INVALID_CONFIG",
      message: "topic a: Not a number (INVALID_CONFIG).",
    });
  });

  it("falls back to Kafka's standard words, and adds a hint where there is one", () => {
    const error = refusal("topic a", { errorCode: 29, errorMessage: null });
    expect(error).toMatchObject({
      code: "AUTHORISATION",
      message:
        "topic a: Topic authorization failed (TOPIC_AUTHORIZATION_FAILED): the user has no ACL that allows this on the topic.",
    });
  });

  it("drops the Java object a broker prints into an authorisation error", () => {
    const errorMessage =
      "Request Request(processor=2, session=a.Session@4c8, envelope=Some(Request(x=1))) needs ALTER permission.";
    expect(refusal("ACL x", { errorCode: 31, errorMessage })?.message).toBe(
      "ACL x: the request needs ALTER permission (CLUSTER_AUTHORIZATION_FAILED): the user has no ACL that allows this on the cluster.",
    );
  });

  it("survives an error newer than the client", () => {
    expect(refusal("topic a", { errorCode: 9999 })?.message).toBe(
      "topic a: no reason given (error 9999).",
    );
  });
});
