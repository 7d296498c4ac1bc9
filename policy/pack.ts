import type {
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Environment } from "../model/values/environment.ts";
import { stackConfigSchema } from "../model/stack/stack-config.ts";
import { type Analysed, fromCrossGuard } from "./crossguard.ts";
import { asSubject, evaluate, judgeResource, judgeStack, type PolicyContext } from "./evaluate.ts";
import type { Finding } from "./finding.ts";
import type { PolicyResource } from "./resource.ts";
import { isStackRule, type ResourceRule, type RuleText, type StackRule } from "./rule.ts";
import { RULES } from "./rules.ts";
import { stackOf } from "./subject.ts";
import { CLUSTER_COMPONENTS } from "../model/stack/resource-types.ts";
import { WAIVER_UNUSED } from "./unused-waivers.ts";
import { waive, waiversIn } from "./waivers.ts";

/**
 * The rules as policies of the Pulumi CLI. What stands alone is judged when its resource is registered,
 * before the first step, and so blocks an `up` too; what shows only together, at the end of a preview.
 *
 * What a component is told is seen only while it is registered. So the pack remembers what it has seen:
 * a component's waivers are known when its children come, and rules on all resources together judge what
 * was declared, as they do on the embedded engine, and not outputs.
 */
export function policies(today: Date): (ResourceValidationPolicy | StackValidationPolicy)[] {
  const pack = new Pack(today);
  return [
    ...RULES.map((rule) => (isStackRule(rule) ? pack.together(rule) : pack.alone(rule))),
    pack.afterwards(WAIVER_UNUSED, ({ rule }) => rule === WAIVER_UNUSED.id),
    pack.afterwards(WAIVED, ({ waiver }) => waiver !== undefined),
  ];
}

const { environment: environmentSchema } = stackConfigSchema.shape;

const described = ({ id, level, title, reason }: RuleText) => ({
  name: id,
  description: `${title}. ${reason}`,
  enforcementLevel: level,
});

/** Not a rule: lists what is let pass. */
const WAIVED = {
  id: "waived",
  title: "What is waived",
  reason: "Each violation that somebody answers for, and until when.",
} as const;

class Pack {
  readonly #today: Date;
  readonly #seen = new Map<string, PolicyResource>();
  #environment: Environment | undefined;

  constructor(today: Date) {
    this.#today = today;
  }

  alone(rule: ResourceRule): ResourceValidationPolicy {
    return {
      ...described(rule),
      validateResource: (args, report) => {
        const resource = this.#see(args);
        if (!rule.types.includes(resource.type)) return;
        this.#report(judgeResource(rule, asSubject(resource, this.#context)), report);
      },
    };
  }

  together(rule: StackRule): StackValidationPolicy {
    return {
      ...described(rule),
      validateStack: ({ resources }, report) => {
        const subjects = this.#declared(resources).map((one) => asSubject(one, this.#context));
        this.#report(judgeStack(rule, stackOf(subjects, this.#context.environment)), report);
      },
    };
  }

  /** Reports some of what all rules find together, and stops nothing. */
  afterwards(
    { id, title, reason }: Pick<RuleText, "title" | "reason"> & { readonly id: string },
    wanted: (finding: Finding) => boolean,
  ): StackValidationPolicy {
    return {
      name: id,
      description: `${title}. ${reason}`,
      enforcementLevel: "advisory",
      validateStack: ({ resources }, report) => {
        const findings = evaluate(this.#declared(resources), this.#context);
        for (const one of findings.filter(wanted)) report(messageOf(one), one.urn);
      },
    };
  }

  /** Until the cluster has said which environment it is of, the strictest one counts. */
  get #context(): PolicyContext {
    const environment = this.#environment ?? "prod";
    return { environment, today: this.#today, secretsMarked: false };
  }

  #see(args: Analysed): PolicyResource {
    const resource = fromCrossGuard(args);
    this.#seen.set(resource.urn, resource);
    if (CLUSTER_COMPONENTS.includes(resource.type)) {
      this.#environment = environmentSchema.safeParse(resource.inputs["environment"]).data;
    }
    return resource;
  }

  /** What was declared of the resources that are there. */
  #declared(resources: readonly { readonly urn: string }[]): readonly PolicyResource[] {
    return resources.flatMap(({ urn }) => this.#seen.get(urn) ?? []);
  }

  /** Reports what is not waived; the rest is listed at the end. */
  #report(found: readonly Finding[], report: ReportViolation): void {
    if (found.length === 0) return;
    const resources = [...this.#seen.values()];
    const { findings } = waive(found, resources, waiversIn(resources), this.#today);
    for (const one of findings) {
      if (one.waiver === undefined) report(messageOf(one), one.urn);
    }
  }
}

function messageOf({ rule, message, fix, waiver }: Finding): string {
  return waiver
    ? `${rule}: ${message}\nWaived until ${waiver.until} by ${waiver.by}: ${waiver.reason}`
    : `${message}\nFix: ${fix}`;
}
