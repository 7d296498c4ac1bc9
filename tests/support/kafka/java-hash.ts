/** Bucket that Java's HashMap sorts a string into, in a table of `size` buckets, a power of two. */
export function javaBucket(text: string, size: number): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  }
  return (hash ^ (hash >>> 16)) & (size - 1);
}

/** A user name that Java sorts into `bucket` of a table of `size` buckets. */
export function nameInBucket(bucket: number, size: number): string {
  let number = 0;
  while (javaBucket(`user-${number}`, size) !== bucket) number += 1;
  return `user-${number}`;
}
