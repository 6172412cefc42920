// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.conv.FloatFiltering;

/**
 * A weight laid out for {@code forward} of the plan that packed it, for weights that do not change:
 * {@link Conv2d#pack}, {@link ConvTranspose2d#pack}. A copy, so the weight itself may change or go;
 * immutable and thread-safe. The layout is private and may differ from version to version.
 */
public final class PackedWeight {
  final FloatConvolution plan;
  final FloatFiltering.Packed packed;

  PackedWeight(FloatConvolution plan, FloatFiltering.Packed packed) {
    this.plan = plan;
    this.packed = packed;
  }

  /**
   * The memory that it takes.
   *
   * @return bytes
   */
  public long bytes() {
    return (long) packed.data().length * Float.BYTES;
  }
}
