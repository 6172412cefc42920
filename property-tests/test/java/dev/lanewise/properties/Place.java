// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

/** What an operand that is passed as a memory segment lies in. */
enum Place {
  /** An array of the operator's element type. */
  ARRAY,
  /** The same, seen through a read-only segment; for operands that are only read. */
  READ_ONLY_ARRAY,
  /** An array of bytes, at an odd address. */
  BYTES,
  /** Memory outside the heap, aligned to its elements. */
  NATIVE,
  /** Memory outside the heap, at an odd address. */
  UNALIGNED_NATIVE
}
