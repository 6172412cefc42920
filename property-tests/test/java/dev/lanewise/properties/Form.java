// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

/** The three forms in which every pass of every operator takes its operands. */
enum Form {
  /** Arrays that start with the operand. */
  ARRAYS,
  /** Arrays with offsets. */
  OFFSETS,
  /** Memory segments, on the heap or native, mixed. */
  SEGMENTS
}
