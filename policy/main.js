// The CLI has a policy pack's entry compiled by a TypeScript of its own, whatever PulumiPolicy.yaml says.
// What a JavaScript file imports is left to Node, which strips the types.
import "./index.ts";
