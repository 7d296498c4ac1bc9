/** Where positions are to go. */
export type ResetTarget =
  | { readonly to: "earliest" }
  | { readonly to: "latest" }
  /** The first record from then on, in Unix milliseconds; the end where there is none. */
  | { readonly to: "time"; readonly at: number }
  | { readonly to: "offset"; readonly offset: number }
  /** Records further on; back when negative. */
  | { readonly to: "by"; readonly by: number }
  /** Where another group stands. */
  | { readonly to: "like"; readonly group: string };
