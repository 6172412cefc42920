// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.conv.plan.FloatFilterPass;

/**
 * A weight laid out for one pass of the plan that packed it, for weights that do not change: {@code
 * pack} of a {@link Conv2d} or {@link ConvTranspose2d} for {@code forward}, {@code
 * packForBackwardInput} for {@code backwardInput}. A copy, so the weight itself may change or go;
 * immutable and thread-safe. The layout is private and may differ from version to version.
 */
public final class PackedWeight {
  final FloatConvolution plan;
  final String pass;
  final FloatFilterPass.Packed packed;

  PackedWeight(FloatConvolution plan, String pass, FloatFilterPass.Packed packed) {
    this.plan = plan;
    this.pass = pass;
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
