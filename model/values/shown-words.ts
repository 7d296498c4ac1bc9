/** What stands for a value that is secret, and for one that is not known yet, wherever it is shown. */
export const SECRET_WORD = "[secret]";
export const UNKNOWN_WORD = "[unknown]";
